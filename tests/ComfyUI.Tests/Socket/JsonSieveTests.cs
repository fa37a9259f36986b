using System.Buffers;
using System.Text;
using System.Text.Json;
using AkkaComfy.ComfyUI.Wire;
using AkkaComfy.Traces;

namespace AkkaComfy.ComfyUI.Tests;

public sealed class JsonSieveTests
{
    [Theory]
    [InlineData("""{"a":"12345678","b":["xyz"],"12345678":1}""", """{"a":"12345","b":["xyz"],"12345":1}""")]
    [InlineData("""{"a":"1234\"678"}""", """{"a":"1234\""}""")]
    [InlineData("""{"a":"\u00e9\u00e9"}""", """{"a":"\u00e9"}""")]
    [InlineData("""{"a":"aaaaaa\\\"aaa","b":"\\"}""", """{"a":"aaaaa","b":"\\"}""")]
    [InlineData("""{"a":"ääää"}""", """{"a":"äää"}""")]
    [InlineData("""[NaN,-Infinity,Infinity,-1,-0.5,"N-I"]""", """[null,null,null,-1,-0.5,"N-I"]""")]
    [InlineData("", "")]
    [InlineData("\"", "\"")]
    public void Long_strings_are_cut_and_no_numbers_become_null_however_the_chunks_fall(string json, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        for (var size = 1; size <= Math.Max(bytes.Length, 1); size++)
        {
            Assert.Equal(expected, Sieved(bytes, size, maxStringBytes: 5));
        }
    }

    [Fact]
    public void What_is_short_passes_unchanged()
    {
        foreach (var frame in TraceFile.Read("07_execution_error").Where(e => e.Kind is "ws"))
        {
            Assert.Equal(frame.Text, Sieved(Encoding.UTF8.GetBytes(frame.Text), 7, maxStringBytes: 1 << 20));
        }
    }

    [Fact]
    public void An_error_that_echoes_a_whole_image_is_read_in_little_memory()
    {
        var frame = TraceFile.Read("43_wire_details").First(e => e.Kind is "ws" && e.Text.Length > 300_000);

        var sieved = Sieved(Encoding.UTF8.GetBytes(frame.Text), 64 << 10, maxStringBytes: 1024);

        Assert.InRange(sieved.Length, 1, 10_000);
        Assert.Equal(
            "PIL.UnidentifiedImageError",
            JsonElement.Parse(sieved).GetProperty("data").GetProperty("exception_type").GetString());
    }

    private static string Sieved(byte[] json, int chunk, int maxStringBytes)
    {
        var sieve = new JsonSieve(maxStringBytes);
        var output = new ArrayBufferWriter<byte>();
        for (var at = 0; at < json.Length; at += chunk)
        {
            sieve.Write(json.AsSpan(at, Math.Min(chunk, json.Length - at)), output);
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}

using System.Text.Json.Nodes;
using AkkaComfy.ComfyUI.Http;

namespace AkkaComfy.ComfyUI.Tests;

public sealed class PromptContentTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100_000)]
    [InlineData(147_456)]
    [InlineData(147_457)]
    public async Task The_file_goes_into_its_input_as_bare_base64(int length)
    {
        using var content = new PromptContent(Prompts.WithImage(length));

        var body = await content.ReadAsByteArrayAsync();

        var sent = JsonNode.Parse(body)!;
        var bytes = Enumerable.Range(0, length).Select(i => (byte)(i * 7)).ToArray();
        Assert.Equal(Convert.ToBase64String(bytes), sent["prompt"]!["1"]!["inputs"]!["image"]!.GetValue<string>());
        Assert.Equal(body.Length, content.Headers.ContentLength);
        Assert.True(content.HandedOver);
    }

    [Fact]
    public async Task All_else_is_sent_as_it_is()
    {
        using var content = new PromptContent(Prompts.WithImage(3));

        var sent = JsonNode.Parse(await content.ReadAsStringAsync())!;

        Assert.True(JsonNode.DeepEquals(sent, JsonNode.Parse("""
            {
              "prompt_id": "p-1", "client_id": "c-1", "extra_data": { "akkacomfy": { "job": "job-1", "attempt": 2 } },
              "prompt": {
                "1": { "class_type": "ETN_LoadImageBase64", "_meta": { "title": "ä" },
                       "inputs": { "note": null, "image": "AAcO", "n": 1.5 } },
                "2": { "class_type": "SaveImage", "inputs": { "images": ["1", 0] } }
              }
            }
            """)), sent.ToJsonString());
    }

    [Fact]
    public async Task Terms_go_with_the_tag()
    {
        using var content = new PromptContent(Prompts.Empty with
        {
            Tag = new PromptTag("j", 1), Terms = new PromptTerms("v1", ["9"], TimeSpan.FromSeconds(60)),
        });

        Assert.Equal(
            """{"prompt_id":"p","extra_data":{"akkacomfy":{"job":"j","attempt":1,"version":"v1","limit_ms":60000,"outputs":["9"]}},"prompt":{}}""",
            await content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Extra_data_is_never_null_and_nobody_is_named_who_is_not()
    {
        using var content = new PromptContent(Prompts.Empty);

        Assert.Equal("""{"prompt_id":"p","extra_data":{},"prompt":{}}""", await content.ReadAsStringAsync());
    }

    [Fact]
    public void Forty_megabytes_take_no_memory()
    {
        const long Length = 40L << 20;
        using var content = new PromptContent(Prompts.WithImage(Length));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var sending = content.CopyToAsync(Stream.Null);

        Assert.True(sending.IsCompletedSuccessfully, "all on this thread, whose memory is counted");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.InRange(content.Headers.ContentLength!.Value, Length * 4 / 3, (Length * 4 / 3) + 1000);
    }

    [Fact]
    public void A_file_for_an_input_that_is_not_there_is_a_defect()
    {
        var request = Prompts.WithImage(1) with
        {
            Files = [new PromptFile("2", "mask", 1, _ => ValueTask.FromResult(Stream.Null))],
        };

        Assert.Contains("2.mask", Assert.Throws<ArgumentException>(() => new PromptContent(request)).Message);
    }

    [Theory]
    [InlineData(9, "it has 9 bytes, 10 were announced")]
    [InlineData(200_000, "it has more than 10 bytes")]
    public async Task A_file_of_another_length_than_announced_is_our_fault(long actual, string why)
    {
        using var content = new PromptContent(Prompts.WithImage(10, () => new PatternStream(actual)));

        var e = await Assert.ThrowsAsync<ComfyException>(() => content.CopyToAsync(Stream.Null));

        Assert.Equal((ComfyCause.InputUnreadable, Blame.Us), (e.Fault.Cause, e.Fault.Blame));
        Assert.Contains(why, e.Fault.Message, StringComparison.Ordinal);
        Assert.False(content.HandedOver);
    }
}

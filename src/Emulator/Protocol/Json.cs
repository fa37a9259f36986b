using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AkkaComfy.Emulator.Protocol;

/// <summary>JSON as it goes over the wire, and the few habits of Python's that clients see in it.</summary>
internal static class Json
{
    // Base64 is full of '+', which the default encoder would escape.
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Bytes(JsonNode? node)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Compact))
        {
            if (node is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                node.WriteTo(writer);
            }
        }

        return stream.ToArray();
    }

    public static string Text(JsonNode? node) => Encoding.UTF8.GetString(Bytes(node));

    /// <summary>A float as Python writes it: 3.0, not 3.</summary>
    public static JsonNode Float(double value) =>
        double.IsInteger(value) && Math.Abs(value) < 1e16
            ? JsonNode.Parse(value.ToString("F1", CultureInfo.InvariantCulture))!
            : JsonValue.Create(value);

    public static JsonArray Strings(IEnumerable<string> values) => [.. values.Select(value => JsonValue.Create(value))];

    /// <summary>Joins values that are JSON already, so that large prompts are serialized only once.</summary>
    public static byte[] Array(params IEnumerable<ReadOnlyMemory<byte>> items)
    {
        using var stream = new MemoryStream();
        stream.WriteByte((byte)'[');
        var first = true;
        foreach (var item in items)
        {
            if (!first)
            {
                stream.Write(", "u8);
            }

            stream.Write(item.Span);
            first = false;
        }

        stream.WriteByte((byte)']');
        return stream.ToArray();
    }

    /// <inheritdoc cref="Array"/>
    public static byte[] Object(params IEnumerable<(string Name, ReadOnlyMemory<byte> Value)> members)
    {
        using var stream = new MemoryStream();
        stream.WriteByte((byte)'{');
        var first = true;
        foreach (var (name, value) in members)
        {
            if (!first)
            {
                stream.Write(", "u8);
            }

            stream.Write(Bytes(JsonValue.Create(name)));
            stream.Write(": "u8);
            stream.Write(value.Span);
            first = false;
        }

        stream.WriteByte((byte)'}');
        return stream.ToArray();
    }
}

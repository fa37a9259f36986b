using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace AkkaComfy.ComfyUI.Wire;

/// <summary>Reads loosely typed JSON: what is missing or of another kind is nothing, never an exception.</summary>
internal static class Json
{
    /// <summary>Graphs in history carry interface state nested deeper than the default of 64.</summary>
    private const int MaxDepth = 512;

    public static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MaxDepth };

    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8) =>
        JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaxDepth });

    /// <summary>Python writes an empty dict as a list now and then: that, and anything else, has no members.</summary>
    public static JsonElement Get(this JsonElement value, string name) =>
        value.ValueKind is JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : default;

    public static JsonElement At(this JsonElement value, int index) =>
        value.ValueKind is JsonValueKind.Array && index < value.GetArrayLength() ? value[index] : default;

    public static IEnumerable<JsonProperty> Members(this JsonElement value) =>
        value.ValueKind is JsonValueKind.Object ? value.EnumerateObject() : [];

    public static IEnumerable<JsonElement> Items(this JsonElement value) =>
        value.ValueKind is JsonValueKind.Array ? value.EnumerateArray() : [];

    /// <summary>A string, or a scalar's own spelling; ids are numbers on some servers.</summary>
    public static string? Text(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Lenient(value),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    public static double? Number(this JsonElement value) =>
        value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) ? number : null;

    public static long? Integer(this JsonElement value) =>
        value.Number() is { } number && Math.Abs(number) < 1e18 ? (long)number : null;

    public static bool Flag(this JsonElement value) => value.ValueKind is JsonValueKind.True;

    public static DateTimeOffset? Time(this JsonElement epochMilliseconds) =>
        epochMilliseconds.Integer() is { } ms && ms is >= 0 and < 253402300800000
            ? DateTimeOffset.FromUnixTimeMilliseconds(ms)
            : null;

    /// <summary>Half a surrogate pair, as Python writes undecodable file names and as a cut leaves behind.</summary>
    private static string Lenient(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value)[1..^1]);
        }
    }
}

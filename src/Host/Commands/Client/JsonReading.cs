using System.Text.Json;

namespace AkkaComfy.Host.Commands.Client;

/// <summary>Reads answers of services that may be older or newer than this client: what is missing is null.</summary>
internal static class JsonReading
{
    public static JsonElement? Member(this JsonElement value, string name) =>
        value.ValueKind is JsonValueKind.Object && value.TryGetProperty(name, out var member)
        && member.ValueKind is not JsonValueKind.Null ? member : null;

    public static string? Text(this JsonElement value, string name) =>
        value.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static int? Integer(this JsonElement value, string name) =>
        value.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var whole)
            ? whole
            : null;

    public static double? Number(this JsonElement value, string name) =>
        value.Member(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    public static IEnumerable<JsonProperty> Members(this JsonElement value, string name) =>
        value.Member(name) is { ValueKind: JsonValueKind.Object } found ? found.EnumerateObject() : [];

    public static IEnumerable<JsonElement> Items(this JsonElement value, string name) =>
        value.Member(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
}

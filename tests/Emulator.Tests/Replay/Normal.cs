using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AkkaComfy.Emulator.Tests.Replay;

/// <summary>Removes from an answer what differs between two runs of one server, and nothing else.</summary>
internal static partial class Normal
{
    // Python sets: their order means nothing.
    private static readonly HashSet<string> Sets = ["executed", "current_outputs", "dependent_outputs"];

    public static string Form(JsonNode? node) => Of(node, name: null)?.ToJsonString() ?? "null";

    /// <summary>The names alone, without their values.</summary>
    public static string Shape(JsonNode? node) => node switch
    {
        JsonObject members => $"{{{string.Join(", ", members
            .OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => $"{member.Key}: {Shape(member.Value)}"))}}}",
        JsonArray items => $"[{string.Join(", ", items.Select(Shape))}]",
        _ => "…",
    };

    private static JsonNode? Of(JsonNode? node, string? name) => node switch
    {
        JsonObject members => new JsonObject(members
            .Where(member => member.Key != "traceback")
            .OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Of(member.Value, member.Key)))),
        JsonArray items when name is not null && Sets.Contains(name) =>
            new JsonArray([.. items.Select(item => Of(item, null)).OrderBy(item => $"{item}", StringComparer.Ordinal)]),
        JsonArray items when IsQueueItem(items) =>
            new JsonArray([.. items.Take(4).Select(item => Of(item, null)), Of(items[4], "executed")]),
        JsonArray items => new JsonArray([.. items.Select(item => Of(item, null))]),
        _ when name == "timestamp" => "a time",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Text(value.GetValue<string>()),
        _ => node?.DeepClone(),
    };

    private static bool IsQueueItem(JsonArray items) =>
        items is [JsonValue number, _, JsonObject, _, JsonArray] && number.GetValueKind() == JsonValueKind.Number;

    private static string Text(string text)
    {
        if (text.StartsWith("tensor(", StringComparison.Ordinal))
        {
            return "a tensor";
        }

        return Unidentified().Replace(text, "cannot identify image file");
    }

    [GeneratedRegex(@"cannot identify image file[^\n]*", RegexOptions.NonBacktracking)]
    private static partial Regex Unidentified();
}

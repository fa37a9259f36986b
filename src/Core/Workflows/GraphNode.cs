using System.Collections.Frozen;
using System.Text.Json;
using AkkaComfy.Core.Eligibility;

namespace AkkaComfy.Core.Workflows;

/// <summary>One node of a graph, as far as the service cares.</summary>
/// <param name="Values">The inputs that hold a value of their own.</param>
/// <param name="Links">The nodes that the other inputs read from, by input.</param>
internal sealed record GraphNode(
    string Id,
    string ClassType,
    string? Title,
    FrozenDictionary<string, JsonElement> Values,
    FrozenDictionary<string, string> Links)
{
    public IEnumerable<(string Input, string Value)> ModelFiles => !ModelInputs.IsLoader(ClassType)
        ? []
        : from value in Values
          where ModelInputs.NamesModel(value.Key) && value.Value.ValueKind == JsonValueKind.String
          select (value.Key, value.Value.GetString()!);

    public bool HasInput(string name) => Values.ContainsKey(name) || Links.ContainsKey(name);

    /// <param name="node">Of good shape, as <see cref="NodeHazards"/> tells.</param>
    public static GraphNode Read(string id, JsonElement node)
    {
        var inputs = node.GetProperty("inputs").EnumerateObject().ToLookup(input => SourceOf(input.Value) is not null);
        return new GraphNode(
            id,
            node.GetProperty("class_type").GetString()!,
            TitleOf(node),
            inputs[false].ToFrozenDictionary(input => input.Name, input => input.Value, StringComparer.Ordinal),
            inputs[true].ToFrozenDictionary(input => input.Name, input => SourceOf(input.Value)!, StringComparer.Ordinal));
    }

    private static string? TitleOf(JsonElement node) =>
        node.TryGetProperty("_meta", out var meta) && meta.ValueKind == JsonValueKind.Object
        && meta.TryGetProperty("title", out var title) && title.ValueKind == JsonValueKind.String
            ? title.GetString()
            : null;

    /// <summary>ComfyUI takes a list of a string and a number for a link, and nothing else.</summary>
    private static string? SourceOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 2
        && value[0].ValueKind == JsonValueKind.String && value[1].ValueKind == JsonValueKind.Number
            ? value[0].GetString()
            : null;
}

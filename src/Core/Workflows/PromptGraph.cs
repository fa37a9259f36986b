using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AkkaComfy.Core.Workflows;

/// <summary>A ComfyUI graph in the API's format, checked by <see cref="GraphReader"/>.</summary>
internal sealed class PromptGraph
{
    // Kept as text: each job parses its own copy, so nothing is shared and every number stays as it was written.
    private readonly string _json;
    private readonly FrozenDictionary<string, GraphNode> _nodes;

    public PromptGraph(string json, IEnumerable<GraphNode> nodes)
    {
        _json = json;
        Nodes = [.. nodes];
        _nodes = Nodes.ToFrozenDictionary(node => node.Id, StringComparer.Ordinal);
        Classes = Nodes.Select(node => node.ClassType).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>In the order of the file.</summary>
    public ImmutableArray<GraphNode> Nodes { get; }

    public FrozenSet<string> Classes { get; }

    public int NodeCount => Nodes.Length;

    public GraphNode? Find(string nodeId) => _nodes.GetValueOrDefault(nodeId);

    public string? ClassOf(string nodeId) => Find(nodeId)?.ClassType;

    public ImagePlacement PlacementOf(NodeInput target) =>
        ImageLoaders.PlacementOf(_nodes[target.NodeId].ClassType)
        ?? throw new UnreachableException($"{target} takes no image");

    public JsonObject Copy() => JsonNode.Parse(_json)!.AsObject();
}

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
    public bool HasInput(string name) => Values.ContainsKey(name) || Links.ContainsKey(name);

    /// <summary>Loaders name files in inputs such as <c>model_name</c>, <c>ckpt_name</c> or <c>clip_name1</c>.</summary>
    public IEnumerable<(string Input, string Value)> ModelFiles => !ClassType.Contains("Loader", StringComparison.Ordinal)
        ? []
        : from value in Values
          where value.Key.Contains("_name", StringComparison.Ordinal) && value.Value.ValueKind == JsonValueKind.String
          select (value.Key, value.Value.GetString()!);
}

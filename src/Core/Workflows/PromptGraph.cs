using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics;
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
        ImageLoaders.Of(_nodes[target.NodeId].ClassType)?.Placement
        ?? throw new UnreachableException($"{target} takes no image");

    public JsonObject Copy() => JsonNode.Parse(_json)!.AsObject();
}

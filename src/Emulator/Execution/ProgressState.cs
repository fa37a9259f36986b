using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Execution;

/// <summary>The states of a prompt's nodes so far, as the progress_state message shows them.</summary>
internal sealed class ProgressState(string promptId)
{
    private readonly OrderedDictionary<string, Entry> _nodes = [];

    public void Start(string node) => _nodes[node] = new Entry("0.0", "1.0", "running");

    public void Update(string node, int value, int max) =>
        _nodes[node] = new Entry(Number(value), Number(max), "running");

    /// <summary>A node that never started here was cached, which shows in its numbers.</summary>
    public void Finish(string node)
    {
        var max = _nodes.TryGetValue(node, out var entry) ? entry.Max : "1";
        _nodes[node] = new Entry(max, max, "finished");
    }

    public JsonObject ToJson()
    {
        var nodes = new JsonObject();
        foreach (var (id, entry) in _nodes)
        {
            nodes[id] = new JsonObject
            {
                ["value"] = JsonNode.Parse(entry.Value),
                ["max"] = JsonNode.Parse(entry.Max),
                ["state"] = entry.State,
                ["node_id"] = id,
                ["prompt_id"] = promptId,
                ["display_node_id"] = id,
                ["parent_node_id"] = null,
                ["real_node_id"] = id,
            };
        }

        return new JsonObject { ["prompt_id"] = promptId, ["nodes"] = nodes };
    }

    private static string Number(int value) => Json.Text(value);

    private readonly record struct Entry(string Value, string Max, string State);
}

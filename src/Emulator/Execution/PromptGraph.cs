using System.Text.Json;
using System.Text.Json.Nodes;

namespace AkkaComfy.Emulator.Execution;

/// <summary>A prompt read as a graph: nodes, their constant inputs, and the links between them.</summary>
internal sealed class PromptGraph(JsonObject prompt)
{
    public IEnumerable<string> Ids => prompt.Select(node => node.Key);

    public bool Contains(string id) => prompt.ContainsKey(id);

    public string ClassOf(string id) => prompt[id]!["class_type"]!.GetValue<string>();

    /// <exception cref="WorkerDeathException">
    /// There are none, or they are no object: what kills a real worker.
    /// </exception>
    public JsonObject InputsOf(string id) => (prompt[id] as JsonObject)?["inputs"] switch
    {
        JsonObject inputs => inputs,
        null => throw new WorkerDeathException("KeyError: 'inputs'"),
        _ => throw new WorkerDeathException("AttributeError: 'list' object has no attribute 'keys'"),
    };

    public IEnumerable<string> Sources(string id) =>
        InputsOf(id).Select(input => LinkOf(input.Value)).OfType<(string Node, int Slot)>().Select(link => link.Node);

    /// <summary>The node and slot that a link leads to; null for a constant.</summary>
    public static (string Node, int Slot)? LinkOf(JsonNode? value)
    {
        if (value is not JsonArray { Count: 2 } pair)
        {
            return null;
        }

        var (node, slot) = (pair[0], pair[1]);
        return node?.GetValueKind() == JsonValueKind.String && slot?.GetValueKind() == JsonValueKind.Number
            ? (node.GetValue<string>(), (int)slot.GetValue<double>())
            : null;
    }
}

using System.Text.Json.Nodes;

namespace AkkaComfy.Emulator.Execution;

/// <summary>The <c>node_errors</c> of an answer: each faulty node once, with the outputs that depend on it.</summary>
internal sealed class NodeErrors(JsonObject prompt)
{
    private readonly JsonObject _byNode = [];

    public void Add(string output, IEnumerable<KeyValuePair<string, NodeVerdict>> verdicts)
    {
        foreach (var (node, verdict) in verdicts)
        {
            if (verdict.IsValid || verdict.Errors.Count == 0)
            {
                continue;
            }

            if (_byNode[node] is not JsonObject entry)
            {
                _byNode[node] = entry = new JsonObject
                {
                    ["errors"] = new JsonArray([.. verdict.Errors]),
                    ["dependent_outputs"] = new JsonArray(),
                    ["class_type"] = prompt[node]!["class_type"]!.DeepClone(),
                };
            }

            entry["dependent_outputs"]!.AsArray().Add(output);
        }
    }

    public JsonObject ToJson() => _byNode;
}

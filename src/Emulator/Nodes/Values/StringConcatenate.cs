using System.Text.Json.Nodes;

namespace AkkaComfy.Emulator.Nodes.Values;

/// <summary>Joins two texts by a third.</summary>
internal sealed class StringConcatenate : Node
{
    protected override NodeSpec Declared { get; } = new("StringConcatenate", "Concatenate", "utils/string")
    {
        Inputs =
        [
            InputSpec.Text("string_a", new() { ["multiline"] = true }),
            InputSpec.Text("string_b", new() { ["multiline"] = true }),
            InputSpec.Text("delimiter", new() { ["default"] = "", ["multiline"] = false }),
        ],
        Outputs = ["STRING"],
        Module = "comfy_extras.nodes_string",
        Schema = NodeSchema.Typed,
    };

    public override Task<NodeResult> RunAsync(NodeCall call)
    {
        var joined = call.Text("string_a") + call.Text("delimiter") + call.Text("string_b");
        return Task.FromResult(new NodeResult(JsonValue.Create(joined)));
    }
}

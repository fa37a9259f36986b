using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Nodes.Values;

/// <summary>Shows anything as text: no file, the text itself is what clients get.</summary>
internal sealed class PreviewAny : Node
{
    protected override NodeSpec Declared { get; } = new("PreviewAny", "Preview Any", "utils")
    {
        Inputs = [new("source", InputSpec.Any, [])],
        Outputs = ["STRING"],
        IsOutput = true,
        Module = "comfy_extras.nodes_preview_any",
    };

    public override Task<NodeResult> RunAsync(NodeCall call)
    {
        var text = call.Find("source") switch
        {
            null => "None",
            JsonNode value => Python.Text(value),
            var other => $"{other}",
        };
        return Task.FromResult(new NodeResult([JsonValue.Create(text)], new() { ["text"] = new JsonArray(text) }));
    }
}

using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Nodes.Masks;

/// <summary>A mask that travels in the prompt as bare base64; of a coloured one, its red.</summary>
internal sealed class EtnLoadMaskBase64 : Node
{
    protected override NodeSpec Declared { get; } = new("ETN_LoadMaskBase64", "Load Mask (Base64)", "external_tooling")
    {
        Inputs = [InputSpec.Text("mask", new() { ["multiline"] = false })],
        Outputs = ["MASK"],
        Module = "custom_nodes.comfyui-tooling-nodes",
    };

    public override Task<NodeResult> RunAsync(NodeCall call)
    {
        var picture = ImageDecoder.Decode(Python.Base64(call.Text("mask")));
        return Task.FromResult(new NodeResult(new ImageBatch(picture.Channel(0))));
    }
}

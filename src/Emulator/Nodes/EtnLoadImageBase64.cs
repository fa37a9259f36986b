using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Nodes.Masks;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>The image itself travels in the prompt, as bare base64.</summary>
internal sealed class EtnLoadImageBase64 : Node
{
    protected override NodeSpec Declared { get; } = new("ETN_LoadImageBase64", "Load Image (Base64)", "external_tooling")
    {
        Inputs = [InputSpec.Text("image", new() { ["multiline"] = false })],
        Outputs = ["IMAGE", "MASK"],
        Module = "custom_nodes.comfyui-tooling-nodes",
    };

    public override Task<NodeResult> RunAsync(NodeCall call)
    {
        var image = ImageDecoder.Open(Python.Base64(call.Text("image"))).Upright();
        var mask = image.Alpha == AlphaOrigin.Channel ? image.Picture.Alpha().Invert() : MaskPictures.None;
        return Task.FromResult(new NodeResult([new ImageBatch(image.Picture.ToRgb()), new ImageBatch(mask)]));
    }
}

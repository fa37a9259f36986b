using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Nodes.Masks;

/// <summary>One channel of images as masks.</summary>
internal sealed class ImageToMask : Node
{
    private static readonly string[] Channels = ["red", "green", "blue", "alpha"];

    protected override NodeSpec Declared { get; } = new("ImageToMask", "Convert Image to Mask", "mask")
    {
        Inputs = [InputSpec.Image("image"), InputSpec.Choice("channel", Channels)],
        Outputs = ["MASK"],
        Module = "comfy_extras.nodes_mask",
    };

    public override Task<NodeResult> RunAsync(NodeCall call)
    {
        var channel = Array.IndexOf(Channels, call.Text("channel"));
        return Task.FromResult(new NodeResult(call.Images("image").Each(picture => channel < picture.Channels
            ? picture.Channel(channel)
            : throw new PythonException(
                "IndexError",
                $"index {channel} is out of bounds for dimension 3 with size {picture.Channels}"))));
    }
}

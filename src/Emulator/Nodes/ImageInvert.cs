using AkkaComfy.Emulator.Images;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>Turns every channel to its opposite.</summary>
internal sealed class ImageInvert : Node
{
    protected override NodeSpec Declared { get; } = new("ImageInvert", "Invert Image", "image")
    {
        Inputs = [InputSpec.Image("image")],
        Outputs = ["IMAGE"],
    };

    public override Task<NodeResult> RunAsync(NodeCall call) =>
        Task.FromResult(new NodeResult(call.Images("image").Each(PictureOperations.Invert)));
}

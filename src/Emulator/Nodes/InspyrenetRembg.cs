using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Images.Background;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>
/// Cuts the subject out: by colour distance from the border, where the real node asks a neural network.
/// </summary>
internal sealed class InspyrenetRembg : Node
{
    protected override NodeSpec Declared { get; } = new("InspyrenetRembg", "Inspyrenet Rembg", "image")
    {
        Inputs = [InputSpec.Image("image"), InputSpec.Choice("torchscript_jit", ["default", "on"])],
        Outputs = ["IMAGE", "MASK"],
        Module = "custom_nodes.ComfyUI-Inspyrenet-Rembg",
    };

    public override async Task<NodeResult> RunAsync(NodeCall call)
    {
        var options = call.Context.Options;
        var pace = new Pace(call.Context, options.NodeTime, [.. Pace.Steps(options.ProgressSteps)]);
        var cut = call.Images("image").Each(picture => BackgroundRemover.Remove(picture).Image);
        await pace.FinishAsync();
        return new NodeResult([cut, cut.Each(PictureOperations.Alpha)]);
    }
}

using AkkaComfy.Emulator.Images;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>Cuts the subject out: by colour distance from the border, where the real node asks a neural network.</summary>
internal sealed class InspyrenetRembg : Node
{
    public override NodeSpec Spec { get; } = new("InspyrenetRembg", "Inspyrenet Rembg", "image")
    {
        Inputs = [InputSpec.Image("image"), InputSpec.Choice("torchscript_jit", ["default", "on"])],
        Outputs = ["IMAGE", "MASK"],
        Module = "custom_nodes.ComfyUI-Inspyrenet-Rembg",
    };

    public override async Task<NodeResult> RunAsync(NodeCall call)
    {
        var options = call.Context.Options;
        var pace = new Pace(call.Context, options.NodeTime, [.. Pace.Steps(options.ProgressSteps)]);
        var cut = call.Images("image").Each(Cut);
        await pace.FinishAsync();
        return new NodeResult([cut, cut.Each(PictureOperations.Alpha)]);
    }

    private static Picture Cut(Picture picture)
    {
        const int near = 48;
        var rgb = picture.ToRgb();
        var alpha = new Picture(rgb.Width, rgb.Height, 1);
        for (var i = 0; i < alpha.Pixels.Length; i++)
        {
            var distance = Enumerable.Range(0, 3).Max(c => Math.Abs(rgb.Pixels[(i * 3) + c] - rgb.Pixels[c]));
            alpha.Pixels[i] = (byte)(distance > near ? 255 : 0);
        }

        return rgb.WithAlpha(alpha);
    }
}

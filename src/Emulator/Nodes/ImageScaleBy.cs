using AkkaComfy.Emulator.Images;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>Resizes by a factor.</summary>
internal sealed class ImageScaleBy : Node
{
    protected override NodeSpec Declared { get; } = new("ImageScaleBy", "Upscale Image By", "image/upscaling")
    {
        Inputs =
        [
            InputSpec.Image("image"),
            InputSpec.Choice("upscale_method", ResamplingNames.All),
            InputSpec.Number("scale_by", 1, 0.01, 8, 0.01),
        ],
        Outputs = ["IMAGE"],
    };

    public override Task<NodeResult> RunAsync(NodeCall call)
    {
        var method = ResamplingNames.Parse(call.Text("upscale_method"));
        var factor = call.Number("scale_by");
        var scaled = call.Images("image").Each(picture => Resampler.Resize(
            picture, Scaled(picture.Width), Scaled(picture.Height), method));
        return Task.FromResult(new NodeResult(scaled));

        int Scaled(int length) => Math.Max(1, (int)Math.Round(length * factor));
    }
}

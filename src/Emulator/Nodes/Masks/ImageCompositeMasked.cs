using AkkaComfy.Emulator.Images;

namespace AkkaComfy.Emulator.Nodes.Masks;

/// <summary>Lays one image over another, through a mask where one is given.</summary>
internal sealed class ImageCompositeMasked : Node
{
    private const int Farthest = 16384;

    protected override NodeSpec Declared { get; } = new("ImageCompositeMasked", "ImageCompositeMasked", "image")
    {
        Inputs =
        [
            InputSpec.Image("destination"),
            InputSpec.Image("source"),
            InputSpec.Integer("x", 0, 0, Farthest),
            InputSpec.Integer("y", 0, 0, Farthest),
            InputSpec.Flag("resize_source", false),
            InputSpec.Mask("mask") with { Optional = true },
        ],
        Outputs = ["IMAGE"],
        Module = "comfy_extras.nodes_mask",
    };

    public override Task<NodeResult> RunAsync(NodeCall call)
    {
        var (destination, source) = (call.Images("destination"), call.Images("source"));
        var mask = call.Find("mask") as ImageBatch;
        var resize = call.Flag("resize_source");
        var composed = destination.Pictures.Select((below, index) =>
        {
            var above = source.At(index).WithChannelsOf(below);
            if (resize)
            {
                above = Resampler.Resize(above, below.Width, below.Height, Resampling.Bilinear);
            }

            var cover = mask is null
                ? null
                : Resampler.Resize(mask.At(index), above.Width, above.Height, Resampling.Bilinear);
            return below.Covered(above, cover, call.Integer("x"), call.Integer("y"));
        });
        return Task.FromResult(new NodeResult(new ImageBatch([.. composed])));
    }
}

using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>Mixes two images; the second takes the size of the first.</summary>
internal sealed class ImageBlend : Node
{
    protected override NodeSpec Declared { get; } = new("ImageBlend", "Image Blend", "image/postprocessing")
    {
        Inputs =
        [
            InputSpec.Image("image1"),
            InputSpec.Image("image2"),
            InputSpec.Number("blend_factor", 0.5, 0, 1, 0.01),
            InputSpec.Choice("blend_mode", BlendTable.Modes),
        ],
        Outputs = ["IMAGE"],
        Module = "comfy_extras.nodes_post_processing",
    };

    public override Task<NodeResult> RunAsync(NodeCall call)
    {
        var (first, second) = (call.Images("image1"), call.Images("image2"));
        if (first.Count != second.Count && first.Count > 1 && second.Count > 1)
        {
            throw Differ(first.Count, second.Count, dimension: 0);
        }

        var table = new BlendTable(call.Text("blend_mode"), call.Number("blend_factor"));
        var blended = Enumerable.Range(0, Math.Max(first.Count, second.Count)).Select(index =>
        {
            var (below, above) = (first.At(index), second.At(index));
            return below.Channels == above.Channels
                ? table.Blend(below, above.FittedTo(below, Resampling.Bicubic))
                : throw Differ(below.Channels, above.Channels, dimension: 3);
        });
        return Task.FromResult(new NodeResult(new ImageBatch([.. blended])));
    }

    private static PythonException Differ(int first, int second, int dimension) => new(
        "RuntimeError",
        $"The size of tensor a ({first}) must match the size of tensor b ({second}) at non-singleton dimension "
        + $"{dimension}");
}

using AkkaComfy.Emulator.Images;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>ComfyUI's ImageBatch: puts one batch behind another, in the size of the first.</summary>
internal sealed class ImageBatching : Node
{
    protected override NodeSpec Declared { get; } = new("ImageBatch", "Batch Images", "image")
    {
        Inputs = [InputSpec.Image("image1"), InputSpec.Image("image2")],
        Outputs = ["IMAGE"],
    };

    public override Task<NodeResult> RunAsync(NodeCall call)
    {
        var (first, second) = (call.Images("image1"), call.Images("image2"));
        var hasAlpha = first.First.HasAlpha || second.First.HasAlpha;
        var batch = first.Pictures
            .Concat(second.Each(picture => picture.FittedTo(first.First, Resampling.Bilinear)).Pictures)
            .Select(picture => hasAlpha && !picture.HasAlpha ? picture.WithAlpha(picture.Alpha()) : picture);
        return Task.FromResult(new NodeResult(new ImageBatch([.. batch])));
    }
}

using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Nodes.Masks;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>An image that was uploaded before, and its transparency as a mask.</summary>
internal sealed class LoadImage(ImageFiles files) : UploadedImage(files)
{
    protected override NodeSpec Declared { get; } = new("LoadImage", "Load Image", "image")
    {
        Inputs = [ImageInput(files)],
        Outputs = ["IMAGE", "MASK"],
    };

    public override Task<NodeResult> RunAsync(NodeCall call)
    {
        var image = Open(call);
        var hasMask = image.Alpha is AlphaOrigin.Channel or AlphaOrigin.Palette;
        var mask = hasMask ? image.Picture.Alpha().Invert() : MaskPictures.None;
        return Task.FromResult(new NodeResult([new ImageBatch(image.Picture.ToRgb()), new ImageBatch(mask)]));
    }
}

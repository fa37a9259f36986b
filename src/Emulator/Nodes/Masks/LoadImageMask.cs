using AkkaComfy.Emulator.Images;

namespace AkkaComfy.Emulator.Nodes.Masks;

/// <summary>One channel of an uploaded image as a mask; of transparency, what is not there.</summary>
internal sealed class LoadImageMask(ImageFiles files) : UploadedImage(files)
{
    private static readonly string[] Channels = ["alpha", "red", "green", "blue"];

    protected override NodeSpec Declared { get; } = new("LoadImageMask", "Load Image (as Mask)", "mask")
    {
        Inputs = [ImageInput(files), InputSpec.Choice("channel", Channels)],
        Outputs = ["MASK"],
    };

    public override Task<NodeResult> RunAsync(NodeCall call)
    {
        var picture = Open(call).Picture;
        var channel = Array.IndexOf(Channels, call.Text("channel"));
        var mask = channel == 0 ? picture.Alpha().Invert() : picture.ToRgb().Channel(channel - 1);
        return Task.FromResult(new NodeResult(new ImageBatch(mask)));
    }
}

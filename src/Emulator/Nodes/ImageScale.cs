using AkkaComfy.Emulator.Images;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>Resizes to given measures; 0 keeps the proportion, "center" crops instead of distorting.</summary>
internal sealed class ImageScale : Node
{
    private const int Largest = 16384;

    protected override NodeSpec Declared { get; } = new("ImageScale", "Upscale Image", "image/upscaling")
    {
        Inputs =
        [
            InputSpec.Image("image"),
            InputSpec.Choice("upscale_method", ResamplingNames.All),
            InputSpec.Integer("width", 512, 0, Largest),
            InputSpec.Integer("height", 512, 0, Largest),
            InputSpec.Choice("crop", ["disabled", "center"]),
        ],
        Outputs = ["IMAGE"],
    };

    public override Task<NodeResult> RunAsync(NodeCall call)
    {
        var images = call.Images("image");
        var (width, height) = Measures(images.First, call.Integer("width"), call.Integer("height"));
        var method = ResamplingNames.Parse(call.Text("upscale_method"));
        var crop = call.Text("crop") == "center";
        var scaled = images.Each(picture =>
            Resampler.Resize(crop ? picture.CropToShape(width, height) : picture, width, height, method));
        return Task.FromResult(new NodeResult(scaled));
    }

    private static (int Width, int Height) Measures(Picture picture, int width, int height) => (width, height) switch
    {
        (0, 0) => (picture.Width, picture.Height),
        (0, _) => (Math.Max(1, (int)Math.Round((double)picture.Width * height / picture.Height)), height),
        (_, 0) => (width, Math.Max(1, (int)Math.Round((double)picture.Height * width / picture.Width))),
        _ => (width, height),
    };
}

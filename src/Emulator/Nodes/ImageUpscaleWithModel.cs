using AkkaComfy.Emulator.Images;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>Enlarges fourfold by resampling, and reports progress by tiles as the real node does.</summary>
internal sealed class ImageUpscaleWithModel : Node
{
    protected override NodeSpec Declared { get; } = new(
        "ImageUpscaleWithModel", "Upscale Image (using Model)", "image/upscaling")
    {
        Inputs = [new("upscale_model", "UPSCALE_MODEL"), InputSpec.Image("image")],
        Outputs = ["IMAGE"],
        Module = "comfy_extras.nodes_upscale_model",
        Schema = NodeSchema.Typed,
    };

    public override async Task<NodeResult> RunAsync(NodeCall call)
    {
        var (options, images) = (call.Context.Options, call.Images("image"));
        var model = call.Get<UpscaleModel>("upscale_model");
        var tiles = images.Pictures.Sum(picture => Resampler.UpscaleTiles(picture.Width, picture.Height));
        var pace = new Pace(call.Context, options.NodeTime, Pace.Tiles(tiles, options.ProgressSteps));
        var done = 0;
        var enlarged = images.Each(picture => Resampler.Upscale(
            picture, model.Factor, (_, _) => pace.Worked((double)++done / tiles), call.Context.Stopping));
        await pace.FinishAsync();
        return new NodeResult(enlarged);
    }
}

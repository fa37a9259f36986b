using System.Text.Json.Nodes;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>Writes a batch as one animated PNG file, told of as an image that is animated.</summary>
internal sealed class SaveAnimatedPng : Node
{
    protected override NodeSpec Declared { get; } = new("SaveAnimatedPNG", "SaveAnimatedPNG", "image/animation")
    {
        Inputs =
        [
            InputSpec.Image("images"),
            InputSpec.Text("filename_prefix", new() { ["default"] = "ComfyUI" }),
            InputSpec.Number("fps", 6, 0.01, 1000, 0.01),
            InputSpec.Integer("compress_level", 4, 0, 9, step: null),
        ],
        IsOutput = true,
        TakesPrompt = true,
        Module = "comfy_extras.nodes_images",
    };

    public override Task<NodeResult> RunAsync(NodeCall call)
    {
        var saved = call.Context.Files.SaveAnimation(
            call.Images("images"),
            call.Text("filename_prefix"),
            TimeSpan.FromMilliseconds((int)(1000 / call.Number("fps"))),
            call.Context,
            call.Integer("compress_level"));
        return Task.FromResult(new NodeResult([], new()
        {
            ["images"] = new JsonArray(saved), ["animated"] = new JsonArray(true),
        }));
    }
}

using System.Security.Cryptography;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>Writes PNG files to the temp directory.</summary>
internal sealed class PreviewImage : Node
{
    private const int CompressionLevel = 1;

    private readonly string _prefix = $"ComfyUI_temp_{RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvxyz", 5)}";

    protected override NodeSpec Declared { get; } = new("PreviewImage", "Preview Image", "image")
    {
        Inputs = [InputSpec.Image("images")],
        IsOutput = true,
        TakesPrompt = true,
        Description = "Saves the input images to your ComfyUI output directory.",
    };

    public override Task<NodeResult> RunAsync(NodeCall call)
    {
        var saved = call.Context.Files.Save(
            call.Images("images"), _prefix, "temp", call.Context, CompressionLevel);
        return Task.FromResult(new NodeResult([], new() { ["images"] = saved }));
    }
}

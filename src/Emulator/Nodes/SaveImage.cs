namespace AkkaComfy.Emulator.Nodes;

/// <summary>Writes PNG files to the output directory.</summary>
internal sealed class SaveImage : Node
{
    private const int CompressionLevel = 4;

    protected override NodeSpec Declared { get; } = new("SaveImage", "Save Image", "image")
    {
        Inputs =
        [
            InputSpec.Image("images", new() { ["tooltip"] = "The images to save." }),
            InputSpec.Text("filename_prefix", new()
            {
                ["default"] = "ComfyUI",
                ["tooltip"] = "The prefix for the file to save. This may include formatting information such as "
                    + "%date:yyyy-MM-dd% or %Empty Latent Image.width% to include values from nodes.",
            }),
        ],
        IsOutput = true,
        TakesPrompt = true,
        Description = "Saves the input images to your ComfyUI output directory.",
    };

    public override Task<NodeResult> RunAsync(NodeCall call)
    {
        var saved = call.Context.Files.Save(
            call.Images("images"), call.Text("filename_prefix"), "output", call.Context, CompressionLevel);
        return Task.FromResult(new NodeResult([], new() { ["images"] = saved }));
    }
}

using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Nodes.Generation;

/// <summary>"Loads" one of the checkpoints that the emulator pretends to have.</summary>
internal sealed class CheckpointLoaderSimple(IReadOnlyList<string> installed) : Node
{
    protected override NodeSpec Declared { get; } = new("CheckpointLoaderSimple", "Load Checkpoint", "loaders")
    {
        Inputs =
        [
            InputSpec.Choice(
                "ckpt_name", installed, new() { ["tooltip"] = "The name of the checkpoint (model) to load." }),
        ],
        Outputs = ["MODEL", "CLIP", "VAE"],
        Description = "Loads a diffusion model checkpoint, diffusion models are used to denoise latents.",
    };

    public override Task<NodeResult> RunAsync(NodeCall call)
    {
        var name = call.Text("ckpt_name");
        if (!installed.Contains(name))
        {
            throw new PythonException(
                "FileNotFoundError", $"Model in folder 'checkpoints' with filename '{name}' not found.");
        }

        var checkpoint = new Checkpoint(name);
        return Task.FromResult(new NodeResult([checkpoint, checkpoint, checkpoint]));
    }
}

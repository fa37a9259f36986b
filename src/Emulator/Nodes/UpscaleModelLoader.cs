using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>"Loads" one of the models that the emulator pretends to have.</summary>
internal sealed class UpscaleModelLoader(IReadOnlyList<string> installed) : Node
{
    private const int Factor = 4;

    protected override NodeSpec Declared { get; } = new("UpscaleModelLoader", "Load Upscale Model", "loaders")
    {
        Inputs = [InputSpec.Choice("model_name", installed) with { Checked = false }],
        Outputs = ["UPSCALE_MODEL"],
        Module = "comfy_extras.nodes_upscale_model",
        Schema = NodeSchema.Typed,
    };

    public override Task<NodeResult> RunAsync(NodeCall call)
    {
        var name = call.Text("model_name");
        return installed.Contains(name)
            ? Task.FromResult(new NodeResult(new UpscaleModel(name, Factor)))
            : throw new PythonException(
                "FileNotFoundError", $"Model in folder 'upscale_models' with filename '{name}' not found.");
    }
}

namespace AkkaComfy.Emulator.Nodes.Generation;

/// <summary>Takes note of a prompt, which no encoder here understands.</summary>
internal sealed class ClipTextEncode : Node
{
    protected override NodeSpec Declared { get; } = new("CLIPTextEncode", "CLIP Text Encode (Prompt)", "conditioning")
    {
        Inputs =
        [
            InputSpec.Text("text", new()
            {
                ["multiline"] = true, ["dynamicPrompts"] = true, ["tooltip"] = "The text to be encoded.",
            }),
            new("clip", "CLIP", new() { ["tooltip"] = "The CLIP model used for encoding the text." }),
        ],
        Outputs = ["CONDITIONING"],
        Description = "Encodes a text prompt using a CLIP model into an embedding that can be used to guide the "
            + "diffusion model towards generating specific images.",
    };

    public override Task<NodeResult> RunAsync(NodeCall call) => Task.FromResult(
        new NodeResult(new Conditioning(call.Text("text"), call.Get<Checkpoint>("clip").Name)));
}

namespace AkkaComfy.Emulator.Nodes.Generation;

/// <summary>So many pictures of a size, with nothing on them yet.</summary>
internal sealed class EmptyLatentImage : Node
{
    private const int Smallest = 16;
    private const int Largest = 16384;

    protected override NodeSpec Declared { get; } = new("EmptyLatentImage", "Empty Latent Image", "latent")
    {
        Inputs =
        [
            InputSpec.Integer("width", 512, Smallest, Largest, Latent.Scale),
            InputSpec.Integer("height", 512, Smallest, Largest, Latent.Scale),
            InputSpec.Integer("batch_size", 1, 1, 4096, step: null),
        ],
        Outputs = ["LATENT"],
        Description = "Create a new batch of empty latent images to be denoised via sampling.",
    };

    public override Task<NodeResult> RunAsync(NodeCall call) => Task.FromResult(new NodeResult(
        new Latent(Whole(call.Integer("width")), Whole(call.Integer("height")), call.Integer("batch_size"))));

    private static int Whole(int length) => length / Latent.Scale * Latent.Scale;
}

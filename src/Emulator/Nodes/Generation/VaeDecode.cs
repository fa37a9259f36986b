using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Images.Paintings;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Nodes.Generation;

/// <summary>Paints what was sampled; what was not is plain grey. A batch is one movement that comes round again.</summary>
internal sealed class VaeDecode : Node
{
    private const int Grey = 0x808080;

    protected override NodeSpec Declared { get; } = new("VAEDecode", "VAE Decode", "latent")
    {
        Inputs =
        [
            new("samples", "LATENT", new() { ["tooltip"] = "The latent to be decoded." }),
            new("vae", "VAE", new() { ["tooltip"] = "The VAE model used for decoding the latent." }),
        ],
        Outputs = ["IMAGE"],
        Description = "Decodes latent images back into pixel space images.",
    };

    public override Task<NodeResult> RunAsync(NodeCall call)
    {
        var latent = call.Get<Latent>("samples");
        _ = call.Get<Checkpoint>("vae");
        if (latent.Pixels > Picture.MaxPixels)
        {
            throw new PythonException(
                PythonException.OutOfGpuMemory,
                $"Allocation on device would exceed allowed memory: {latent.Pixels} pixels at once, of "
                + $"{Picture.MaxPixels}.");
        }

        var pictures = Enumerable.Range(0, latent.Count).Select(index => latent.Painting is { } painting
            ? painting.Paint(
                latent.Width, latent.Height, new(Phase: (double)index / latent.Count), call.Context.Stopping)
            : PictureOperations.Solid(latent.Width, latent.Height, Grey));
        return Task.FromResult(new NodeResult(new ImageBatch([.. pictures])));
    }
}

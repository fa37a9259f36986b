using AkkaComfy.Emulator.Images.Paintings;

namespace AkkaComfy.Emulator.Nodes.Generation;

/// <summary>Pictures yet to be painted; a sampled one knows how.</summary>
internal sealed record Latent(int Width, int Height, int Count, Painting? Painting = null)
{
    /// <summary>How many pixels of a picture one of a latent stands for, across and down.</summary>
    public const int Scale = 8;

    public long Pixels => (long)Width * Height * Count;

    public override string ToString() => $"{{'samples': tensor(of shape ({Count}, 4, {Height / Scale}, {Width / Scale}))}}";
}

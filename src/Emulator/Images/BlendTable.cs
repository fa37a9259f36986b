namespace AkkaComfy.Emulator.Images;

/// <summary>What two levels make together, worked out once for all pairs of them.</summary>
public sealed class BlendTable
{
    private const int Levels = 256;
    private readonly byte[] _results = new byte[Levels * Levels];

    /// <param name="factor">How much of the mixture replaces the first level, 0 to 1.</param>
    public BlendTable(string mode, double factor)
    {
        for (var i = 0; i < _results.Length; i++)
        {
            var (below, above) = (i / Levels / 255.0, i % Levels / 255.0);
            var mixed = (below * (1 - factor)) + (Mixed(mode, below, above) * factor);
            _results[i] = (byte)Math.Round(Math.Clamp(mixed, 0, 1) * 255);
        }
    }

    /// <summary>In the order ComfyUI lists them.</summary>
    public static IReadOnlyList<string> Modes { get; } =
        ["normal", "multiply", "screen", "overlay", "soft_light", "difference"];

    /// <summary>Of two pictures of the same measures.</summary>
    public Picture Blend(Picture below, Picture above)
    {
        var blended = new Picture(below.Width, below.Height, below.Channels);
        for (var i = 0; i < blended.Pixels.Length; i++)
        {
            blended.Pixels[i] = _results[(below.Pixels[i] * Levels) + above.Pixels[i]];
        }

        return blended;
    }

    private static double Mixed(string mode, double below, double above) => mode switch
    {
        "normal" => above,
        "multiply" => below * above,
        "screen" => 1 - ((1 - below) * (1 - above)),
        "overlay" when below <= 0.5 => 2 * below * above,
        "overlay" => 1 - (2 * (1 - below) * (1 - above)),
        "soft_light" when above <= 0.5 => below - ((1 - (2 * above)) * below * (1 - below)),
        "soft_light" => below + (((2 * above) - 1) * (Softened(below) - below)),
        "difference" => below - above,
        _ => throw new ArgumentException($"Unsupported blend mode: {mode}", nameof(mode)),
    };

    private static double Softened(double level) =>
        level <= 0.25 ? ((((16 * level) - 12) * level) + 4) * level : Math.Sqrt(level);
}

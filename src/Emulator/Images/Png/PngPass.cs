namespace AkkaComfy.Emulator.Images.Png;

/// <summary>One pass over a picture: from a first pixel on, every so many-th across and down.</summary>
internal sealed record PngPass(int Left, int Top, int Across, int Down)
{
    private static readonly PngPass[] Once = [new(0, 0, 1, 1)];

    private static readonly PngPass[] Adam7 =
    [
        new(0, 0, 8, 8), new(4, 0, 8, 8), new(0, 4, 4, 8), new(2, 0, 4, 4), new(0, 2, 2, 4), new(1, 0, 2, 2),
        new(0, 1, 1, 2),
    ];

    /// <summary>The passes in which a file stores its pixels; small pictures leave some of seven empty.</summary>
    public static IEnumerable<PngPass> Of(PngHeader header) => header.Interlaced
        ? Adam7.Where(pass => pass.Width(header) > 0 && pass.Height(header) > 0)
        : Once;

    public int Width(PngHeader header) => (header.Width - Left + Across - 1) / Across;

    public int Height(PngHeader header) => (header.Height - Top + Down - 1) / Down;
}

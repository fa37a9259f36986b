namespace AkkaComfy.Emulator.Images;

/// <summary>An 8-bit picture: grey (1 channel), RGB (3) or RGBA with straight alpha (4), rows top down, interleaved.</summary>
public sealed class Picture
{
    /// <summary>No picture is larger than this, whatever a caller allows.</summary>
    public const long MaxPixels = 256L * 1024 * 1024;

    public Picture(int width, int height, int channels)
        : this(width, height, channels, new byte[CheckedLength(width, height, channels)])
    {
    }

    /// <summary>Takes ownership of <paramref name="pixels"/>.</summary>
    public Picture(int width, int height, int channels, byte[] pixels)
    {
        var length = CheckedLength(width, height, channels);
        if (pixels.Length != length)
        {
            throw new ArgumentException($"{pixels.Length} bytes for a picture of {length}", nameof(pixels));
        }

        (Width, Height, Channels, Pixels) = (width, height, channels, pixels);
    }

    public int Width { get; }

    public int Height { get; }

    public int Channels { get; }

    /// <summary>Bytes from one row to the next; rows are not padded.</summary>
    public int Stride => Width * Channels;

    public byte[] Pixels { get; }

    public bool HasAlpha => Channels == 4;

    public Span<byte> Row(int y) => Pixels.AsSpan(y * Stride, Stride);

    private static int CheckedLength(int width, int height, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (channels is not (1 or 3 or 4))
        {
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "A picture has 1, 3 or 4 channels.");
        }

        var pixels = (long)width * height;
        if (pixels > MaxPixels)
        {
            throw new ArgumentOutOfRangeException(
                nameof(width), $"{width}×{height} is {pixels} pixels; at most {MaxPixels} are allowed.");
        }

        return (int)(pixels * channels);
    }
}

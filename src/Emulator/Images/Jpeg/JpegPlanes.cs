namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>One component to be encoded: samples around zero, padded to whole MCUs by repeating the edges.</summary>
internal sealed class JpegPlane(int width, int height)
{
    public int Width => width;

    public int Height => height;

    public float[] Samples { get; } = new float[width * height];

    public void CopyBlock(int blockX, int blockY, Span<float> block)
    {
        const int size = ZigZag.BlockSize;
        for (var y = 0; y < size; y++)
        {
            Samples.AsSpan((((blockY * size) + y) * width) + (blockX * size), size).CopyTo(block[(y * size)..]);
        }
    }

    /// <summary>Averages every 2×2 samples into one.</summary>
    public JpegPlane Halve()
    {
        var half = new JpegPlane(width / 2, height / 2);
        for (var i = 0; i < half.Samples.Length; i++)
        {
            var corner = (i / half.Width * 2 * width) + (i % half.Width * 2);
            half.Samples[i] = (Samples[corner] + Samples[corner + 1] + Samples[corner + width]
                + Samples[corner + width + 1]) / 4;
        }

        return half;
    }
}

/// <summary>Takes a picture apart into what JPEG encodes.</summary>
internal static class JpegPlanes
{
    /// <summary>One plane of a grey picture; luma and two halved chroma planes of a coloured one.</summary>
    public static JpegPlane[] Of(Picture picture)
    {
        var mcu = picture.Channels == 1 ? ZigZag.BlockSize : 2 * ZigZag.BlockSize;
        var (width, height) = (RoundUp(picture.Width, mcu), RoundUp(picture.Height, mcu));
        if (picture.Channels == 1)
        {
            return [Plane(picture, width, height, (level, _, _) => level - 128)];
        }

        return
        [
            Plane(picture, width, height, (r, g, b) => (0.299f * r) + (0.587f * g) + (0.114f * b) - 128),
            Plane(picture, width, height, (r, g, b) => (-0.168736f * r) - (0.331264f * g) + (0.5f * b)).Halve(),
            Plane(picture, width, height, (r, g, b) => (0.5f * r) - (0.418688f * g) - (0.081312f * b)).Halve(),
        ];
    }

    private static JpegPlane Plane(Picture picture, int width, int height, Func<int, int, int, float> convert)
    {
        var plane = new JpegPlane(width, height);
        var (green, blue) = picture.Channels == 1 ? (0, 0) : (1, 2);
        for (var y = 0; y < height; y++)
        {
            var row = picture.Row(Math.Min(y, picture.Height - 1));
            for (var x = 0; x < width; x++)
            {
                var pixel = row[(Math.Min(x, picture.Width - 1) * picture.Channels)..];
                plane.Samples[(y * width) + x] = convert(pixel[0], pixel[green], pixel[blue]);
            }
        }

        return plane;
    }

    private static int RoundUp(int length, int step) => (length + step - 1) / step * step;
}

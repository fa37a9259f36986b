using System.Buffers.Binary;

namespace AkkaComfy.Emulator.Images.Png;

internal enum PngColour : byte
{
    Grey = 0,
    Rgb = 2,
    Palette = 3,
    GreyAlpha = 4,
    Rgba = 6,
}

/// <summary>The IHDR chunk, checked: what is read here and nothing else.</summary>
internal sealed record PngHeader(int Width, int Height, int BitDepth, PngColour Colour, bool Interlaced)
{
    private const int Length = 13;

    public int SamplesPerPixel => Colour switch
    {
        PngColour.Rgb => 3,
        PngColour.GreyAlpha => 2,
        PngColour.Rgba => 4,
        _ => 1,
    };

    /// <summary>Bytes of a row of so many pixels, without its filter byte.</summary>
    public int RowBytes(int pixels) => (int)((((long)pixels * SamplesPerPixel * BitDepth) + 7) / 8);

    /// <summary>The distance the filters look back: whole bytes, at least one.</summary>
    public int FilterDistance => Math.Max(1, SamplesPerPixel * BitDepth / 8);

    public static PngHeader Parse(ReadOnlySpan<byte> data, long maxPixels)
    {
        if (data.Length != Length)
        {
            throw new CorruptImageException($"the PNG header is {data.Length} bytes long instead of {Length}");
        }

        var width = BinaryPrimitives.ReadUInt32BigEndian(data);
        var height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
        {
            throw new CorruptImageException($"the PNG header claims {width}×{height} pixels");
        }

        var (depth, colour) = (data[8], (PngColour)data[9]);
        CheckKind(depth, colour);
        if (data[10] != 0 || data[11] != 0)
        {
            throw new CorruptImageException("the PNG header names an unknown compression or filter method");
        }

        if (data[12] > 1)
        {
            throw new CorruptImageException($"the PNG header names an unknown interlace method {data[12]}");
        }

        ImageDecoder.CheckSize((int)width, (int)height, maxPixels);
        var header = new PngHeader((int)width, (int)height, depth, colour, data[12] == 1);
        return (long)width * header.SamplesPerPixel * depth / 8 < Array.MaxLength
            ? header
            : throw new UnsupportedImageException($"the PNG has rows of {width} pixels, which are too long");
    }

    private static void CheckKind(int depth, PngColour colour)
    {
        var valid = colour switch
        {
            PngColour.Grey => depth is 1 or 2 or 4 or 8 or 16,
            PngColour.Palette => depth is 1 or 2 or 4 or 8,
            PngColour.Rgb or PngColour.GreyAlpha or PngColour.Rgba => depth is 8 or 16,
            _ => false,
        };
        if (!valid)
        {
            throw new CorruptImageException($"the PNG header has no such kind: colour type {(int)colour}, depth {depth}");
        }
    }
}

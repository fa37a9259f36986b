using System.Buffers.Binary;

namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>The frame header, checked: size and components.</summary>
internal sealed class JpegFrame
{
    private JpegFrame(int width, int height, bool progressive, JpegComponent[] components)
    {
        (Width, Height, Progressive, Components) = (width, height, progressive, components);
        MaxHorizontal = components.Max(component => component.Horizontal);
        MaxVertical = components.Max(component => component.Vertical);
        McusAcross = Blocks(width, MaxHorizontal);
        McusDown = Blocks(height, MaxVertical);
        foreach (var component in components)
        {
            component.Measure(this);
        }
    }

    public int Width { get; }

    public int Height { get; }

    public bool Progressive { get; }

    public JpegComponent[] Components { get; }

    public int MaxHorizontal { get; }

    public int MaxVertical { get; }

    public int McusAcross { get; }

    public int McusDown { get; }

    public static JpegFrame Parse(ReadOnlySpan<byte> segment, bool progressive, long maxPixels)
    {
        if (segment.Length < 6)
        {
            throw new CorruptImageException("the JPEG frame header is cut short");
        }

        if (segment[0] != 8)
        {
            throw new UnsupportedImageException($"{segment[0]}-bit JPEG is not supported: only 8 bits per sample");
        }

        var height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
        var width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        var count = segment[5];
        if (segment.Length != 6 + (3 * count))
        {
            throw new CorruptImageException("the JPEG frame header has a wrong length");
        }

        if (width == 0)
        {
            throw new CorruptImageException("the JPEG frame header claims no width");
        }

        if (height == 0)
        {
            throw new UnsupportedImageException("deferred-height JPEG (DNL) is not supported");
        }

        CheckComponentCount(count);
        ImageDecoder.CheckSize(width, height, maxPixels);
        var components = new JpegComponent[count];
        for (var i = 0; i < count; i++)
        {
            components[i] = ParseComponent(segment.Slice(6 + (3 * i), 3));
        }

        if (components.DistinctBy(component => component.Id).Count() != count)
        {
            throw new CorruptImageException("two JPEG components have the same id");
        }

        return new JpegFrame(width, height, progressive, components);
    }

    /// <summary>A file that claims more pixels than its data can code is refused before memory is taken.</summary>
    public void CheckHolds(long bits, int bytes)
    {
        if (bits > bytes * 8L)
        {
            throw new CorruptImageException($"the JPEG file is too short to hold {Width}×{Height} pixels");
        }
    }

    private static void CheckComponentCount(int count)
    {
        if (count is not (1 or 3 or 4))
        {
            throw new UnsupportedImageException($"JPEG of {count} components is not supported");
        }
    }

    private static JpegComponent ParseComponent(ReadOnlySpan<byte> data)
    {
        var (horizontal, vertical, table) = (data[1] >> 4, data[1] & 15, data[2]);
        if (horizontal is < 1 or > 4 || vertical is < 1 or > 4 || table > 3)
        {
            throw new CorruptImageException($"a JPEG component is sampled {horizontal}×{vertical} with table {table}");
        }

        return new JpegComponent(data[0], horizontal, vertical, table);
    }

    private static int Blocks(int length, int sampling)
    {
        var mcu = sampling * ZigZag.BlockSize;
        return (length + mcu - 1) / mcu;
    }
}

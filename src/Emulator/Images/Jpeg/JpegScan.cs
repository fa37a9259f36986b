namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>A component as one scan codes it: with its tables and its running constant term.</summary>
internal sealed class JpegScanComponent(JpegComponent component, HuffmanDecoder dc, HuffmanDecoder ac, float[] steps)
{
    public JpegComponent Component => component;

    public HuffmanDecoder Dc => dc;

    public HuffmanDecoder Ac => ac;

    /// <summary>The quantisation steps in the file's order.</summary>
    public float[] Steps => steps;

    public int Constant { get; set; }
}

/// <summary>Decodes one scan of a sequential JPEG into its components' planes.</summary>
internal sealed class JpegScan(JpegFrame frame, IReadOnlyList<JpegScanComponent> components, int restartInterval)
{
    private const int MaxConstantLength = 11;
    private const int MaxCoefficientLength = 10;
    private const int ZeroRun = 0xF0;

    private static readonly byte[] ToTransposed = [.. ZigZag.ToBlock.ToArray().Select(Swap)];

    private readonly float[] _block = new float[ZigZag.BlockLength];

    /// <summary>Returns where the scan's data end.</summary>
    public int Decode(ReadOnlySpan<byte> file, int start)
    {
        var reader = new JpegBitReader(file, start);
        // A component alone in its scan comes block by block, without the padding to whole MCUs.
        var single = components.Count == 1 ? components[0] : null;
        var across = single is null ? frame.McusAcross : Blocks(single.Component.Width);
        var down = single is null ? frame.McusDown : Blocks(single.Component.Height);
        CheckDataSuffice(file.Length - start, across, down);
        foreach (var scanned in components)
        {
            scanned.Component.Allocate();
        }

        var total = across * down;
        for (var mcu = 0; mcu < total; mcu++)
        {
            if (restartInterval > 0 && mcu > 0 && mcu % restartInterval == 0)
            {
                Restart(ref reader, (mcu / restartInterval) - 1);
            }

            if (single is null)
            {
                DecodeMcu(ref reader, mcu % across, mcu / across);
            }
            else
            {
                DecodeBlock(ref reader, single, mcu % across, mcu / across);
            }
        }

        foreach (var scanned in components)
        {
            scanned.Component.Decoded = true;
        }

        return reader.Position;
    }

    private static byte Swap(byte place) => (byte)(((place & 7) << 3) | (place >> 3));

    private static int Blocks(int length) => (length + ZigZag.BlockSize - 1) / ZigZag.BlockSize;

    /// <summary>Every block takes two bits at least; a file that claims more is refused before the work.</summary>
    private void CheckDataSuffice(int bytes, int across, int down)
    {
        var blocks = components.Count == 1 ? 1 : components.Sum(c => c.Component.Horizontal * c.Component.Vertical);
        if ((long)across * down * blocks > (long)bytes * 4)
        {
            throw new CorruptImageException($"the JPEG file is too short to hold {frame.Width}×{frame.Height} pixels");
        }
    }

    private void Restart(ref JpegBitReader reader, int index)
    {
        reader.Restart(index);
        foreach (var component in components)
        {
            component.Constant = 0;
        }
    }

    private void DecodeMcu(ref JpegBitReader reader, int column, int row)
    {
        foreach (var scanned in components)
        {
            var component = scanned.Component;
            for (var y = 0; y < component.Vertical; y++)
            {
                for (var x = 0; x < component.Horizontal; x++)
                {
                    var (blockX, blockY) = ((column * component.Horizontal) + x, (row * component.Vertical) + y);
                    DecodeBlock(ref reader, scanned, blockX, blockY);
                }
            }
        }
    }

    private void DecodeBlock(ref JpegBitReader reader, JpegScanComponent scanned, int blockX, int blockY)
    {
        var component = scanned.Component;
        var last = DecodeCoefficients(ref reader, scanned);
        var plane = component.Plane.AsSpan(((blockY * component.Stride) + blockX) * ZigZag.BlockSize);
        if (last == 0)
        {
            InverseDct.Fill(_block[0], plane, component.Stride);
        }
        else
        {
            InverseDct.Transform(_block, plane, component.Stride);
        }
    }

    /// <summary>Returns the place of the last coefficient that is not zero.</summary>
    private int DecodeCoefficients(ref JpegBitReader reader, JpegScanComponent scanned)
    {
        var steps = scanned.Steps;
        Array.Clear(_block);
        var length = reader.Symbol(scanned.Dc);
        if (length > MaxConstantLength)
        {
            throw new CorruptImageException("a JPEG block starts with an invalid difference");
        }

        if (length > 0)
        {
            scanned.Constant = unchecked(scanned.Constant + reader.Number(length));
        }

        _block[0] = scanned.Constant * steps[0];
        var last = 0;
        for (var place = 1; place < ZigZag.BlockLength; place++)
        {
            var symbol = reader.Symbol(scanned.Ac);
            var (zeros, size) = (symbol >> 4, symbol & 15);
            if (size == 0 && symbol != ZeroRun)
            {
                break;
            }

            place += zeros;
            if (place >= ZigZag.BlockLength || size > MaxCoefficientLength)
            {
                throw new CorruptImageException("a JPEG block holds an invalid coefficient");
            }

            if (size == 0)
            {
                continue;
            }

            _block[ToTransposed[place]] = reader.Number(size) * steps[place];
            last = place;
        }

        return last;
    }
}

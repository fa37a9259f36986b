namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>How one kind of scan codes its blocks.</summary>
internal abstract class JpegBlocks
{
    protected const int MaxConstantLength = 11;
    protected const int MaxCoefficientLength = 10;
    protected const int ZeroRun = 0xF0;

    /// <summary>What a block takes of the data at least, in bits.</summary>
    public abstract int MinimumBits { get; }

    public abstract void Begin(JpegComponent component);

    public abstract void Decode(ref JpegBitReader reader, JpegScanComponent scanned, int blockX, int blockY);

    /// <summary>Nothing carries over a restart marker.</summary>
    public virtual void Restart()
    {
    }

    /// <summary>The difference of a block's constant term to the one before.</summary>
    protected static int Difference(ref JpegBitReader reader, HuffmanDecoder table)
    {
        var length = reader.Symbol(table);
        if (length > MaxConstantLength)
        {
            throw new CorruptImageException("a JPEG block starts with an invalid difference");
        }

        return length == 0 ? 0 : reader.Number(length);
    }

    protected static CorruptImageException InvalidCoefficient() => new("a JPEG block holds an invalid coefficient");
}

namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>A band of coefficients other than the constant, with runs of blocks that hold nothing more of it.</summary>
internal abstract class BandBlocks : ProgressiveBlocks
{
    /// <summary>How many blocks, the current one included, end here.</summary>
    protected int Ending { get; set; }

    public override int MinimumBits => 0;

    public override void Restart() => Ending = 0;

    protected static int RunOfEndings(ref JpegBitReader reader, int length) =>
        (1 << length) + (length == 0 ? 0 : reader.Bits(length));
}

/// <summary>A band's coefficients but for their low bits.</summary>
internal sealed class FirstBand(JpegScanHeader header) : BandBlocks
{
    public override void Decode(ref JpegBitReader reader, JpegScanComponent scanned, int blockX, int blockY)
    {
        if (Ending > 0)
        {
            Ending--;
            return;
        }

        var block = scanned.Component.Coefficients(blockX, blockY);
        for (var place = header.First; place <= header.Last; place++)
        {
            var symbol = reader.Symbol(scanned.Ac);
            var (zeros, size) = (symbol >> 4, symbol & 15);
            if (size == 0 && symbol != ZeroRun)
            {
                Ending = RunOfEndings(ref reader, zeros) - 1;
                return;
            }

            place += zeros;
            if (place > header.Last || size > MaxCoefficientLength)
            {
                throw InvalidCoefficient();
            }

            if (size > 0)
            {
                block[place] = unchecked((short)(reader.Number(size) << header.Shift));
            }
        }
    }
}

/// <summary>One more bit of a band's coefficients, and those of which it is the first.</summary>
internal sealed class RefinedBand(JpegScanHeader header) : BandBlocks
{
    private readonly short _bit = (short)(1 << header.Shift);

    public override void Decode(ref JpegBitReader reader, JpegScanComponent scanned, int blockX, int blockY)
    {
        var band = scanned.Component.Coefficients(blockX, blockY)[header.First..(header.Last + 1)];
        while (Ending == 0 && !band.IsEmpty)
        {
            var symbol = reader.Symbol(scanned.Ac);
            var (zeros, size) = (symbol >> 4, symbol & 15);
            if (size == 0 && symbol != ZeroRun)
            {
                Ending = RunOfEndings(ref reader, zeros);
                break;
            }

            if (size > 1)
            {
                throw InvalidCoefficient();
            }

            var value = size == 0 ? 0 : reader.Bits(1) != 0 ? _bit : -_bit;
            Advance(ref reader, ref band, zeros, (short)value);
        }

        if (Ending > 0)
        {
            Refine(ref reader, band);
            Ending--;
        }
    }

    /// <summary>Passes over as many zeros as told, refining the others on the way, and puts the value on the next.</summary>
    private void Advance(ref JpegBitReader reader, ref Span<short> band, int zeros, short value)
    {
        for (var place = 0; place < band.Length; place++)
        {
            if (band[place] != 0)
            {
                Refine(ref reader, band.Slice(place, 1));
            }
            else if (zeros-- == 0)
            {
                band[place] = value;
                band = band[(place + 1)..];
                return;
            }
        }

        // A run of sixteen may reach the band's end exactly; a value must find its place.
        band = value == 0 ? [] : throw InvalidCoefficient();
    }

    private void Refine(ref JpegBitReader reader, Span<short> coefficients)
    {
        foreach (ref var coefficient in coefficients)
        {
            if (coefficient == 0 || reader.Bits(1) == 0 || (coefficient & _bit) != 0)
            {
                continue;
            }

            coefficient = unchecked((short)(coefficient + (coefficient > 0 ? _bit : -_bit)));
        }
    }
}

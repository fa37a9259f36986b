namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>Blocks that are coded whole, and turned into samples at once.</summary>
internal sealed class SequentialBlocks : JpegBlocks
{
    private readonly float[] _block = new float[ZigZag.BlockLength];

    public override int MinimumBits => 2;

    public override void Begin(JpegComponent component)
    {
        component.AllocatePlane();
        component.Decoded = true;
    }

    public override void Decode(ref JpegBitReader reader, JpegScanComponent scanned, int blockX, int blockY)
    {
        var component = scanned.Component;
        var last = DecodeCoefficients(ref reader, scanned);
        InverseDct.Render(_block, isConstant: last == 0, component.BlockAt(blockX, blockY), component.Stride);
    }

    /// <summary>Returns the place of the last coefficient that is not zero.</summary>
    private int DecodeCoefficients(ref JpegBitReader reader, JpegScanComponent scanned)
    {
        var steps = scanned.Component.Steps!;
        Array.Clear(_block);
        scanned.Constant = unchecked(scanned.Constant + Difference(ref reader, scanned.Dc));
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
                throw InvalidCoefficient();
            }

            if (size == 0)
            {
                continue;
            }

            _block[ZigZag.ToTransposed[place]] = reader.Number(size) * steps[place];
            last = place;
        }

        return last;
    }
}

namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>
/// Blocks whose coefficients come a few at a time, and bit by bit: every scan adds to what the others have left.
/// </summary>
internal abstract class ProgressiveBlocks : JpegBlocks
{
    public static ProgressiveBlocks Of(JpegScanHeader header) => (header.First, header.Refines) switch
    {
        (0, false) => new FirstConstants(header.Shift),
        (0, true) => new RefinedConstants(header.Shift),
        (_, false) => new FirstBand(header),
        (_, true) => new RefinedBand(header),
    };

    /// <summary>Turns a component's coefficients, once they are all there, into samples.</summary>
    public static void Render(JpegComponent component)
    {
        component.AllocatePlane();
        var steps = component.Steps!;
        var block = new float[ZigZag.BlockLength];
        for (var y = 0; y < component.BlocksDown; y++)
        {
            for (var x = 0; x < component.BlocksAcross; x++)
            {
                var coefficients = component.Coefficients(x, y);
                for (var place = 0; place < block.Length; place++)
                {
                    block[ZigZag.ToTransposed[place]] = coefficients[place] * steps[place];
                }

                var isConstant = !coefficients[1..].ContainsAnyExcept((short)0);
                InverseDct.Render(block, isConstant, component.BlockAt(x, y), component.Stride);
            }
        }

        component.ReleaseCoefficients();
    }

    public override void Begin(JpegComponent component) => component.AllocateCoefficients();

    /// <summary>The constant terms but for their low bits.</summary>
    private sealed class FirstConstants(int shift) : ProgressiveBlocks
    {
        public override int MinimumBits => 1;

        public override void Begin(JpegComponent component)
        {
            base.Begin(component);
            component.Decoded = true;
        }

        public override void Decode(ref JpegBitReader reader, JpegScanComponent scanned, int blockX, int blockY)
        {
            scanned.Constant = unchecked(scanned.Constant + Difference(ref reader, scanned.Dc));
            scanned.Component.Coefficients(blockX, blockY)[0] = unchecked((short)(scanned.Constant << shift));
        }
    }

    /// <summary>One more bit of each constant term.</summary>
    private sealed class RefinedConstants(int shift) : ProgressiveBlocks
    {
        public override int MinimumBits => 1;

        public override void Decode(ref JpegBitReader reader, JpegScanComponent scanned, int blockX, int blockY)
        {
            if (reader.Bits(1) != 0)
            {
                scanned.Component.Coefficients(blockX, blockY)[0] |= (short)(1 << shift);
            }
        }
    }
}

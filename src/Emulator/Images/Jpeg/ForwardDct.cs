using System.Runtime.Intrinsics;

namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>The 8×8 cosine transform, eight columns at a time.</summary>
internal static class ForwardDct
{
    private const int Size = ZigZag.BlockSize;

    private static readonly float[] Basis = BuildBasis();

    /// <summary>Replaces samples around zero by their coefficients, column by column.</summary>
    public static void Transform(Span<float> block)
    {
        Columns(block);
        Transpose(block);
        Columns(block);
    }

    private static void Columns(Span<float> block)
    {
        Span<float> transformed = stackalloc float[ZigZag.BlockLength];
        for (var frequency = 0; frequency < Size; frequency++)
        {
            var sum = Vector256<float>.Zero;
            for (var y = 0; y < Size; y++)
            {
                sum += Vector256.Create(block.Slice(y * Size, Size)) * Basis[(frequency * Size) + y];
            }

            sum.CopyTo(transformed[(frequency * Size)..]);
        }

        transformed.CopyTo(block);
    }

    private static void Transpose(Span<float> block)
    {
        for (var y = 1; y < Size; y++)
        {
            for (var x = 0; x < y; x++)
            {
                (block[(y * Size) + x], block[(x * Size) + y]) = (block[(x * Size) + y], block[(y * Size) + x]);
            }
        }
    }

    private static float[] BuildBasis()
    {
        var basis = new float[ZigZag.BlockLength];
        for (var i = 0; i < basis.Length; i++)
        {
            var (frequency, sample) = Math.DivRem(i, Size);
            var scale = frequency == 0 ? Math.Sqrt(0.5) / 2 : 0.5;
            basis[i] = (float)(scale * Math.Cos(((2 * sample) + 1) * frequency * Math.PI / (2 * Size)));
        }

        return basis;
    }
}

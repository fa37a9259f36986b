using System.Runtime.Intrinsics;

namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>The inverse 8×8 cosine transform, eight columns at a time.</summary>
internal static class InverseDct
{
    private const int Size = ZigZag.BlockSize;

    // Cosine(k) = cos(kπ/16) / 2, the transform's own scale; the constant term has cos(π/4) / 2 as well.
    private static readonly float C1 = Cosine(1);
    private static readonly float C2 = Cosine(2);
    private static readonly float C3 = Cosine(3);
    private static readonly float C4 = Cosine(4);
    private static readonly float C5 = Cosine(5);
    private static readonly float C6 = Cosine(6);
    private static readonly float C7 = Cosine(7);

    /// <summary>Writes a block's samples, levelled to 0–255.</summary>
    /// <param name="transposed">The coefficients column by column; overwritten.</param>
    /// <param name="isConstant">Whether all of them but the first are zero.</param>
    public static void Render(Span<float> transposed, bool isConstant, Span<byte> plane, int stride)
    {
        if (isConstant)
        {
            Fill(transposed[0], plane, stride);
        }
        else
        {
            Transform(transposed, plane, stride);
        }
    }

    private static void Transform(Span<float> transposed, Span<byte> plane, int stride)
    {
        Columns(transposed);
        Transpose(transposed);
        Columns(transposed);
        for (var y = 0; y < Size; y++)
        {
            var row = Vector256.Create(transposed.Slice(y * Size, Size)) + Vector256.Create(128.5f);
            var levels = Vector256.ConvertToInt32(
                Vector256.Min(Vector256.Max(row, Vector256<float>.Zero), Vector256.Create(255f)));
            var target = plane.Slice(y * stride, Size);
            for (var x = 0; x < Size; x++)
            {
                target[x] = (byte)levels[x];
            }
        }
    }

    private static void Fill(float constant, Span<byte> plane, int stride)
    {
        var level = (byte)Math.Clamp((constant / Size) + 128.5f, 0, 255);
        for (var y = 0; y < Size; y++)
        {
            plane.Slice(y * stride, Size).Fill(level);
        }
    }

    private static void Columns(Span<float> block)
    {
        var s0 = Vector256.Create(block[..Size]);
        var s1 = Vector256.Create(block[Size..(2 * Size)]);
        var s2 = Vector256.Create(block[(2 * Size)..(3 * Size)]);
        var s3 = Vector256.Create(block[(3 * Size)..(4 * Size)]);
        var s4 = Vector256.Create(block[(4 * Size)..(5 * Size)]);
        var s5 = Vector256.Create(block[(5 * Size)..(6 * Size)]);
        var s6 = Vector256.Create(block[(6 * Size)..(7 * Size)]);
        var s7 = Vector256.Create(block[(7 * Size)..]);

        // Even frequencies are symmetric about the middle, odd ones antisymmetric: each needs only half the sums.
        var (sum, difference) = ((s0 + s4) * C4, (s0 - s4) * C4);
        var (outer, inner) = ((s2 * C2) + (s6 * C6), (s2 * C6) - (s6 * C2));
        var (e0, e1, e2, e3) = (sum + outer, difference + inner, difference - inner, sum - outer);
        var o0 = (s1 * C1) + (s3 * C3) + (s5 * C5) + (s7 * C7);
        var o1 = (s1 * C3) - (s3 * C7) - (s5 * C1) - (s7 * C5);
        var o2 = (s1 * C5) - (s3 * C1) + (s5 * C7) + (s7 * C3);
        var o3 = (s1 * C7) - (s3 * C5) + (s5 * C3) - (s7 * C1);

        (e0 + o0).CopyTo(block);
        (e1 + o1).CopyTo(block[Size..]);
        (e2 + o2).CopyTo(block[(2 * Size)..]);
        (e3 + o3).CopyTo(block[(3 * Size)..]);
        (e3 - o3).CopyTo(block[(4 * Size)..]);
        (e2 - o2).CopyTo(block[(5 * Size)..]);
        (e1 - o1).CopyTo(block[(6 * Size)..]);
        (e0 - o0).CopyTo(block[(7 * Size)..]);
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

    private static float Cosine(int sixteenths) => (float)(Math.Cos(sixteenths * Math.PI / 16) / 2);
}

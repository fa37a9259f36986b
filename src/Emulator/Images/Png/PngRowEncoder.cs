using System.Numerics;

namespace AkkaComfy.Emulator.Images.Png;

/// <summary>Filters rows for compression, each with whichever filter leaves the smallest differences.</summary>
internal sealed class PngRowEncoder
{
    private const int Filters = 5;
    private readonly int _length;
    private readonly int _distance;
    private readonly byte[][] _candidates;

    // Both rows stand behind a pixel of zeros, so that looking left needs no special case,
    // and are padded to whole vectors, so that the loops need no tail.
    private byte[] _row;
    private byte[] _above;

    public PngRowEncoder(int rowBytes, int distance)
    {
        (_length, _distance) = (rowBytes, distance);
        var padded = (rowBytes + Vector<byte>.Count - 1) / Vector<byte>.Count * Vector<byte>.Count;
        _row = new byte[distance + padded];
        _above = new byte[distance + padded];
        _candidates = new byte[Filters][];
        for (var filter = 0; filter < Filters; filter++)
        {
            _candidates[filter] = new byte[1 + padded];
            _candidates[filter][0] = (byte)filter;
        }
    }

    /// <summary>The filter byte and the filtered row; valid until the next call.</summary>
    public ReadOnlySpan<byte> Encode(ReadOnlySpan<byte> row)
    {
        row.CopyTo(_row.AsSpan(_distance));
        Filter();
        (_row, _above) = (_above, _row);
        var best = _candidates[0];
        var lowest = long.MaxValue;
        foreach (var candidate in _candidates)
        {
            var cost = Cost(candidate.AsSpan(1, _length));
            if (cost >= lowest)
            {
                continue;
            }

            (best, lowest) = (candidate, cost);
        }

        return best.AsSpan(0, 1 + _length);
    }

    private void Filter()
    {
        var none = _candidates[0].AsSpan(1);
        var sub = _candidates[1].AsSpan(1);
        var up = _candidates[2].AsSpan(1);
        var average = _candidates[3].AsSpan(1);
        var paeth = _candidates[4].AsSpan(1);
        for (var i = 0; i < none.Length; i += Vector<byte>.Count)
        {
            var here = new Vector<byte>(_row, i + _distance);
            var left = new Vector<byte>(_row, i);
            var above = new Vector<byte>(_above, i + _distance);
            var corner = new Vector<byte>(_above, i);
            here.CopyTo(none[i..]);
            (here - left).CopyTo(sub[i..]);
            (here - above).CopyTo(up[i..]);
            (here - ((left & above) + ((left ^ above) >>> 1))).CopyTo(average[i..]);
            (here - Paeth(left, above, corner)).CopyTo(paeth[i..]);
        }
    }

    /// <summary>
    /// PngFilters.Paeth without leaving bytes: when left and above lie on the same side of the corner, the corner is
    /// farthest; otherwise its distance is the difference of the other two.
    /// </summary>
    private static Vector<byte> Paeth(Vector<byte> left, Vector<byte> above, Vector<byte> corner)
    {
        var toLeft = Vector.Max(above, corner) - Vector.Min(above, corner);
        var toAbove = Vector.Max(left, corner) - Vector.Min(left, corner);
        var sameSide = ~(Vector.GreaterThanOrEqual(above, corner) ^ Vector.GreaterThanOrEqual(left, corner));
        var toCorner = (Vector.Max(toLeft, toAbove) - Vector.Min(toLeft, toAbove)) | sameSide;
        var takeLeft = Vector.LessThanOrEqual(toLeft, Vector.Min(toAbove, toCorner));
        var takeAbove = Vector.LessThanOrEqual(toAbove, toCorner);
        return Vector.ConditionalSelect(takeLeft, left, Vector.ConditionalSelect(takeAbove, above, corner));
    }

    /// <summary>The sum of the differences' sizes, taken as signed bytes.</summary>
    private static long Cost(ReadOnlySpan<byte> differences)
    {
        var sums = Vector<uint>.Zero;
        var i = 0;
        for (; i <= differences.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            var difference = new Vector<byte>(differences[i..]);
            Vector.Widen(Vector.Min(difference, -difference), out var low, out var high);
            Vector.Widen(low + high, out var first, out var second);
            sums += first + second;
        }

        long cost = Vector.Sum(sums);
        for (; i < differences.Length; i++)
        {
            cost += Math.Min(differences[i], 256 - differences[i]);
        }

        return cost;
    }
}

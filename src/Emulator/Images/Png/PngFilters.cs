using System.Numerics;
using System.Runtime.CompilerServices;

namespace AkkaComfy.Emulator.Images.Png;

/// <summary>Undoes the five row filters of PNG, in place.</summary>
internal static class PngFilters
{
    public static void Undo(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        switch (filter)
        {
            case 0: break;
            case 1: UndoSub(row, distance); break;
            case 2: UndoUp(row, above); break;
            case 3: UndoAverage(row, above, distance); break;
            case 4: UndoPaeth(row, above, distance); break;
            default: throw new CorruptImageException($"a PNG row names an unknown filter {filter}");
        }
    }

    /// <summary>The neighbour nearest to left + above - corner; ties go left, then above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Paeth(int left, int above, int corner)
    {
        var toLeft = Math.Abs(above - corner);
        var toAbove = Math.Abs(left - corner);
        var toCorner = Math.Abs(left + above - corner - corner);
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }

    private static void UndoSub(Span<byte> row, int distance)
    {
        for (var i = distance; i < row.Length; i++)
        {
            row[i] += row[i - distance];
        }
    }

    private static void UndoUp(Span<byte> row, ReadOnlySpan<byte> above)
    {
        var i = 0;
        for (; i <= row.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            (new Vector<byte>(row[i..]) + new Vector<byte>(above[i..])).CopyTo(row[i..]);
        }

        for (; i < row.Length; i++)
        {
            row[i] += above[i];
        }
    }

    private static void UndoAverage(Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        var start = Math.Min(distance, row.Length);
        for (var i = 0; i < start; i++)
        {
            row[i] += (byte)(above[i] / 2);
        }

        for (var i = start; i < row.Length; i++)
        {
            row[i] += (byte)((row[i - distance] + above[i]) / 2);
        }
    }

    private static void UndoPaeth(Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        var start = Math.Min(distance, row.Length);
        for (var i = 0; i < start; i++)
        {
            row[i] += above[i];
        }

        for (var i = start; i < row.Length; i++)
        {
            row[i] += (byte)Paeth(row[i - distance], above[i], above[i - distance]);
        }
    }
}

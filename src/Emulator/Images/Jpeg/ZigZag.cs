namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>The order in which a block's 64 coefficients are stored: diagonals, from low to high frequencies.</summary>
internal static class ZigZag
{
    public const int BlockSize = 8;
    public const int BlockLength = BlockSize * BlockSize;

    private static readonly byte[] Order = Build();
    private static readonly byte[] Transposed = [.. Order.Select(place => (byte)(((place & 7) << 3) | (place >> 3)))];

    /// <summary>From place in the file to place in the block, row by row.</summary>
    public static ReadOnlySpan<byte> ToBlock => Order;

    /// <summary>From place in the file to place in the block, column by column.</summary>
    public static ReadOnlySpan<byte> ToTransposed => Transposed;

    /// <summary>How many blocks a length takes.</summary>
    public static int Blocks(int length) => (length + BlockSize - 1) / BlockSize;

    private static byte[] Build()
    {
        var order = new byte[BlockLength];
        var (x, y) = (0, 0);
        for (var i = 0; i < BlockLength; i++)
        {
            order[i] = (byte)((y * BlockSize) + x);
            var upward = (x + y) % 2 == 0;
            if (upward && x == BlockSize - 1)
            {
                y++;
            }
            else if (upward && y == 0)
            {
                x++;
            }
            else if (!upward && y == BlockSize - 1)
            {
                x++;
            }
            else if (!upward && x == 0)
            {
                y++;
            }
            else
            {
                (x, y) = upward ? (x + 1, y - 1) : (x - 1, y + 1);
            }
        }

        return order;
    }
}

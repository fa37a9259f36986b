namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>A Huffman table made for decoding: short codes in one look-up, longer ones by length.</summary>
internal sealed class HuffmanDecoder
{
    public const int LookBits = 9;
    public const int MaxLength = 16;

    // Length in the high byte, symbol in the low one; 0 where the code is longer than the look-up.
    private readonly ushort[] _short = new ushort[1 << LookBits];

    // Per length: the first code beyond it, left-aligned to 16 bits, and what to add to a code to find its symbol.
    private readonly int[] _limit = new int[MaxLength + 2];
    private readonly int[] _offset = new int[MaxLength + 1];
    private readonly byte[] _symbols;

    /// <param name="counts">The number of codes of each length from 1 to 16.</param>
    /// <param name="symbols">The symbols in the order of their codes.</param>
    public HuffmanDecoder(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        _symbols = symbols.ToArray();
        var (code, index) = (0, 0);
        for (var length = 1; length <= MaxLength; length++)
        {
            _offset[length] = index - code;
            for (var i = 0; i < counts[length - 1]; i++, code++, index++)
            {
                AddShort(code, length, symbols[index]);
            }

            if (code > 1 << length)
            {
                throw new CorruptImageException("a JPEG Huffman table has too many codes");
            }

            _limit[length] = code << (MaxLength - length);
            code <<= 1;
        }

        _limit[MaxLength + 1] = int.MaxValue;
    }

    /// <summary>Length and symbol for the next 9 bits; 0 when the code is longer.</summary>
    public int Short(int bits) => _short[bits];

    /// <summary>Length and symbol for the next 16 bits.</summary>
    public int Long(int bits)
    {
        var length = 1;
        while (bits >= _limit[length])
        {
            length++;
        }

        if (length > MaxLength)
        {
            throw new CorruptImageException("the JPEG data contain an unknown Huffman code");
        }

        return (length << 8) | _symbols[(bits >> (MaxLength - length)) + _offset[length]];
    }

    private void AddShort(int code, int length, byte symbol)
    {
        if (length > LookBits)
        {
            return;
        }

        var spare = LookBits - length;
        if ((code + 1) << spare > _short.Length)
        {
            throw new CorruptImageException("a JPEG Huffman table has too many codes");
        }

        _short.AsSpan(code << spare, 1 << spare).Fill((ushort)((length << 8) | symbol));
    }
}

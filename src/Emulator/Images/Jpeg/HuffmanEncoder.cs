namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>A Huffman table made for encoding, and as the file defines it.</summary>
internal sealed class HuffmanEncoder
{
    private readonly (int Bits, int Length)[] _codes = new (int, int)[256];

    /// <param name="counts">The number of codes of each length from 1 to 16, in hexadecimal.</param>
    /// <param name="symbols">The symbols in the order of their codes, in hexadecimal.</param>
    public HuffmanEncoder(string counts, string symbols)
    {
        var (lengths, ordered) = (Convert.FromHexString(counts), Convert.FromHexString(symbols));
        Definition = [.. lengths, .. ordered];
        var (code, next) = (0, 0);
        for (var length = 1; length <= lengths.Length; length++, code <<= 1)
        {
            for (var i = 0; i < lengths[length - 1]; i++)
            {
                _codes[ordered[next++]] = (code++, length);
            }
        }
    }

    public byte[] Definition { get; }

    public (int Bits, int Length) Code(int symbol) => _codes[symbol];
}

using System.Text;

namespace AkkaComfy.Emulator.Images.Png;

/// <summary>Metadata in PNG text chunks: tEXt where Latin-1 suffices, iTXt otherwise, never compressed.</summary>
public static class PngText
{
    private const int MaxKeywordLength = 79;

    /// <summary>The file's tEXt and uncompressed iTXt entries, in order.</summary>
    /// <exception cref="CorruptImageException">Not a PNG file, or one that is damaged.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(PngSignature.Bytes))
        {
            throw new CorruptImageException("the file does not start with the PNG signature");
        }

        var entries = new List<KeyValuePair<string, string>>();
        var chunks = new PngChunks(file);
        while (chunks.MoveNext())
        {
            if (chunks.Type.SequenceEqual("tEXt"u8))
            {
                ReadPlain(chunks.Data, entries);
            }
            else if (chunks.Type.SequenceEqual("iTXt"u8))
            {
                ReadInternational(chunks.Data, entries);
            }
        }

        return entries;
    }

    internal static void Write(Stream file, string keyword, string value)
    {
        if (keyword.Length is 0 or > MaxKeywordLength || keyword.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            throw new ArgumentException(
                $"'{keyword}' is no PNG keyword: 1 to {MaxKeywordLength} printable ASCII characters", nameof(keyword));
        }

        var plain = !value.AsSpan().ContainsAnyExceptInRange('\u0001', '\u00FF');
        byte[] data = plain
            ? [.. Encoding.Latin1.GetBytes(keyword), 0, .. Encoding.Latin1.GetBytes(value)]
            : [.. Encoding.Latin1.GetBytes(keyword), 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(value)];
        PngWriter.WriteChunk(file, plain ? "tEXt"u8 : "iTXt"u8, data);
    }

    private static void ReadPlain(ReadOnlySpan<byte> data, List<KeyValuePair<string, string>> entries)
    {
        var keyword = Cut(ref data);
        entries.Add(new(keyword, Encoding.Latin1.GetString(data)));
    }

    private static void ReadInternational(ReadOnlySpan<byte> data, List<KeyValuePair<string, string>> entries)
    {
        var keyword = Cut(ref data);
        if (data.Length < 2)
        {
            throw new CorruptImageException("a PNG iTXt chunk without its flags");
        }

        var compressed = data[0] != 0;
        data = data[2..];
        _ = Cut(ref data);
        _ = Cut(ref data);
        if (!compressed)
        {
            entries.Add(new(keyword, Encoding.UTF8.GetString(data)));
        }
    }

    private static string Cut(ref ReadOnlySpan<byte> data)
    {
        var end = data.IndexOf((byte)0);
        if (end < 0)
        {
            throw new CorruptImageException("a PNG text chunk without its separator");
        }

        var text = Encoding.Latin1.GetString(data[..end]);
        data = data[(end + 1)..];
        return text;
    }
}

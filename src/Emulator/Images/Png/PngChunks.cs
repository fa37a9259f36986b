using System.Buffers.Binary;

namespace AkkaComfy.Emulator.Images.Png;

/// <summary>Walks the chunks of a PNG file, checking each length and CRC.</summary>
internal ref struct PngChunks(ReadOnlySpan<byte> file)
{
    private const int Overhead = 12;
    private readonly ReadOnlySpan<byte> _file = file;
    private int _next = PngSignature.Bytes.Length;

    public ReadOnlySpan<byte> Type { get; private set; }

    /// <summary>Where the current chunk's data lies in the file.</summary>
    public Range DataRange { get; private set; }

    public readonly ReadOnlySpan<byte> Data => _file[DataRange];

    public readonly string Name => System.Text.Encoding.Latin1.GetString(Type);

    public bool MoveNext()
    {
        var left = _file.Length - _next;
        if (left < Overhead)
        {
            throw Truncated();
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(_file[_next..]);
        if (length > left - Overhead)
        {
            throw Truncated();
        }

        var data = _next + 8;
        var end = data + (int)length;
        Type = _file.Slice(_next + 4, 4);
        DataRange = data..end;
        var expected = BinaryPrimitives.ReadUInt32BigEndian(_file[end..]);
        if (Crc32.Compute(Type, Data) != expected)
        {
            throw new CorruptImageException($"PNG chunk {Name} fails its checksum");
        }

        _next = end + 4;
        return !Type.SequenceEqual("IEND"u8);
    }

    private static CorruptImageException Truncated() => new("the PNG file is truncated");
}

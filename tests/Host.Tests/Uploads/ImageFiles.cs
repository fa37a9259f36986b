using System.Buffers.Binary;
using System.Text;

namespace AkkaComfy.Host.Tests.Uploads;

/// <summary>Small images made by hand: whole as containers, whatever their pixels would be.</summary>
internal static class ImageFiles
{
    public static byte[] Png(uint width, uint height, byte colourType = 2, byte depth = 8, bool data = true)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(header, width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (depth, colourType);
        return
        [
            0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A,
            .. Chunk("IHDR", header), .. Chunk("tEXt", "a comment"u8), .. data ? Chunk("IDAT", new byte[40]) : [],
            .. Chunk("IEND", []),
        ];
    }

    public static byte[] Jpeg(ushort width, ushort height, bool scan = true) =>
    [
        0xFF, 0xD8,
        .. Segment(0xE0, [.. "JFIF"u8, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
        .. Segment(0xE1, [0xFF, 0xD8, 0xFF, 0xD9, 1, 2, 3]),
        0xFF, 0xFF,
        .. Segment(0xC0, [8, .. Big(height), .. Big(width), 1, 1, 0x11, 0])[1..],
        .. scan ? Segment(0xDA, [1, 1, 0, 0, 63, 0]) : [],
        .. scan ? (byte[])[7, 0xFF, 0x00, 8, 0xFF, 0xD0, 9, 0xFF, 0xD7, 1] : [],
        0xFF, 0xD9,
    ];

    public static byte[] LossyWebp(ushort width, ushort height) =>
        Riff(RiffChunk("VP8 ", [0x10, 0x20, 0x30, 0x9D, 0x01, 0x2A, .. Little(width), .. Little(height), 1, 2, 3]));

    public static byte[] LosslessWebp(uint width, uint height)
    {
        var bits = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bits, (width - 1) | ((height - 1) << 14));
        return Riff(RiffChunk("VP8L", [0x2F, .. bits, 0, 0, 0, 0, 0]));
    }

    public static byte[] ExtendedWebp(int width, int height, bool data = true) => Riff(
    [
        .. RiffChunk("VP8X", [0x10, 0, 0, 0, .. Three(width - 1), .. Three(height - 1)]),
        .. RiffChunk("ICCP", [1, 2, 3]),
        .. data ? RiffChunk("VP8L", [0x2F, 0, 0, 0, 0, 0, 0, 0, 0, 0]) : [],
        .. RiffChunk("EXIF", []),
    ]);

    public static byte[] Riff(byte[] chunks)
    {
        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, chunks.Length + 4);
        return [.. "RIFF"u8, .. size, .. "WEBP"u8, .. chunks];
    }

    private static byte[] Chunk(string type, ReadOnlySpan<byte> data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        return [.. length, .. Encoding.ASCII.GetBytes(type), .. data, 1, 2, 3, 4];
    }

    private static byte[] Segment(byte marker, byte[] data) =>
        [0xFF, marker, .. Big((ushort)(data.Length + 2)), .. data];

    private static byte[] RiffChunk(string type, byte[] data)
    {
        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, data.Length);
        return [.. Encoding.ASCII.GetBytes(type), .. size, .. data, .. data.Length % 2 == 1 ? (byte[])[0] : []];
    }

    private static byte[] Big(ushort value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Little(ushort value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] Three(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];
}

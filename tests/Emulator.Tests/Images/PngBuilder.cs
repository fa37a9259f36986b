using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace AkkaComfy.Emulator.Tests.Images;

/// <summary>Puts PNG files together chunk by chunk, right or wrong, independently of the code under test.</summary>
internal sealed class PngBuilder
{
    private readonly List<byte> _file = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public PngBuilder Header(int width, int height, byte depth, byte colour, byte interlace = 0)
    {
        var data = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(data, width);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(4), height);
        (data[8], data[9], data[12]) = (depth, colour, interlace);
        return Chunk("IHDR", data);
    }

    public PngBuilder Chunk(string type, params byte[] data)
    {
        byte[] typed = [.. Encoding.ASCII.GetBytes(type), .. data];
        Write((uint)data.Length);
        _file.AddRange(typed);
        Write(Crc(typed));
        return this;
    }

    /// <summary>Compressed rows, each with its filter byte, cut into chunks of at most the given size.</summary>
    public PngBuilder Data(byte[] rows, int chunkSize = int.MaxValue)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(rows);
        }

        foreach (var part in packed.ToArray().Chunk(chunkSize))
        {
            Chunk("IDAT", part);
        }

        return this;
    }

    public byte[] End()
    {
        Chunk("IEND");
        return _file.ToArray();
    }

    /// <summary>Every chunk of a file: type, and where its data lie.</summary>
    public static IEnumerable<(string Type, Range Data)> Chunks(byte[] file)
    {
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            yield return (Encoding.ASCII.GetString(file, at + 4, 4), (at + 8)..(at + 8 + length));
            at += 12 + length;
        }
    }

    public static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }

    private void Write(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        _file.AddRange(bytes);
    }
}

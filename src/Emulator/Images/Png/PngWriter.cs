using System.Buffers.Binary;
using System.IO.Compression;

namespace AkkaComfy.Emulator.Images.Png;

/// <summary>Writes 8-bit PNG files, with text chunks where metadata is given.</summary>
public static class PngWriter
{
    /// <summary>What ComfyUI's SaveImage uses; its previews use 1.</summary>
    public const int DefaultLevel = 4;

    public static byte[] Write(
        Picture picture, IEnumerable<KeyValuePair<string, string>>? text = null, int level = DefaultLevel)
    {
        using var file = new MemoryStream(picture.Pixels.Length / 2);
        file.Write(PngSignature.Bytes);
        WriteHeader(file, picture);
        foreach (var (keyword, value) in text ?? [])
        {
            PngText.Write(file, keyword, value);
        }

        WriteChunk(file, "IDAT"u8, Deflated(picture, level).Span);
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    internal static void WriteChunk(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        WriteNumber(file, (uint)data.Length);
        file.Write(type);
        file.Write(data);
        WriteNumber(file, Crc32.Compute(type, data));
    }

    private static void WriteNumber(Stream file, uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        file.Write(bytes);
    }

    internal static void WriteHeader(Stream file, Picture picture)
    {
        Span<byte> header = stackalloc byte[13];
        header.Clear();
        BinaryPrimitives.WriteInt32BigEndian(header, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], picture.Height);
        header[8] = 8;
        header[9] = (byte)(picture.Channels switch
        {
            1 => PngColour.Grey,
            3 => PngColour.Rgb,
            _ => PngColour.Rgba,
        });
        WriteChunk(file, "IHDR"u8, header);
    }

    /// <summary>The filtered and compressed rows.</summary>
    internal static ReadOnlyMemory<byte> Deflated(Picture picture, int level)
    {
        using var data = new MemoryStream(picture.Pixels.Length / 2);
        var options = new ZLibCompressionOptions { CompressionLevel = level };
        using (var deflated = new ZLibStream(data, options, leaveOpen: true))
        {
            var encoder = new PngRowEncoder(picture.Stride, picture.Channels);
            for (var y = 0; y < picture.Height; y++)
            {
                deflated.Write(encoder.Encode(picture.Row(y)));
            }
        }

        return data.GetBuffer().AsMemory(0, (int)data.Length);
    }
}

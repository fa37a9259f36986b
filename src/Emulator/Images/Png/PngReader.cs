using System.IO.Compression;

namespace AkkaComfy.Emulator.Images.Png;

/// <summary>Reads PNG files of every colour type and depth, interlaced or not.</summary>
public static class PngReader
{
    /// <summary>Deflate cannot expand more than this, so a file's length bounds what it can hold.</summary>
    private const long MaxDeflateRatio = 1032;

    /// <summary>The picture as stored, whatever its orientation.</summary>
    public static Picture Read(ReadOnlyMemory<byte> file, long maxPixels = Picture.MaxPixels) =>
        Open(file, maxPixels).Picture;

    public static DecodedImage Open(ReadOnlyMemory<byte> file, long maxPixels = Picture.MaxPixels)
    {
        if (!file.Span.StartsWith(PngSignature.Bytes))
        {
            throw new CorruptImageException("the file does not start with the PNG signature");
        }

        var parts = Collect(file.Span, maxPixels);
        var header = parts.Header;
        var needed = PngPass.Of(header).Sum(pass => pass.Height(header) * (header.RowBytes(pass.Width(header)) + 1L));
        if (needed > parts.DataLength * MaxDeflateRatio)
        {
            throw new CorruptImageException($"the PNG file is too short to hold {header.Width}×{header.Height} pixels");
        }

        var unpacker = new PngUnpacker(header, parts.Palette, parts.Transparency);
        try
        {
            return new DecodedImage(Inflate(file, parts, unpacker), parts.Orientation, unpacker.Alpha);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new CorruptImageException("the PNG pixel data are damaged", e);
        }
    }

    private static Parts Collect(ReadOnlySpan<byte> file, long maxPixels)
    {
        var chunks = new PngChunks(file);
        if (!chunks.MoveNext() || !chunks.Type.SequenceEqual("IHDR"u8))
        {
            throw new CorruptImageException("the PNG file does not begin with its header");
        }

        var parts = new Parts(PngHeader.Parse(chunks.Data, maxPixels));
        while (chunks.MoveNext())
        {
            if (chunks.Type.SequenceEqual("IDAT"u8))
            {
                parts.Data.Add(chunks.DataRange);
            }
            else if (chunks.Type.SequenceEqual("PLTE"u8))
            {
                parts.Palette = chunks.Data.ToArray();
            }
            else if (chunks.Type.SequenceEqual("tRNS"u8))
            {
                parts.Transparency = chunks.Data.ToArray();
            }
            else if (chunks.Type.SequenceEqual("eXIf"u8))
            {
                parts.Orientation = ExifOrientation.Of(chunks.Data);
            }
            else if (IsCritical(chunks.Type))
            {
                throw new CorruptImageException($"unknown PNG chunk {chunks.Name}");
            }
        }

        if (parts.Data.Count == 0)
        {
            throw new CorruptImageException("the PNG file holds no pixel data");
        }

        return parts;
    }

    private static bool IsCritical(ReadOnlySpan<byte> type) => (type[0] & 0x20) == 0;

    private static Picture Inflate(ReadOnlyMemory<byte> file, Parts parts, PngUnpacker unpacker)
    {
        var header = parts.Header;
        using var inflated = new ZLibStream(new PngDataStream(file, parts.Data), CompressionMode.Decompress);
        var picture = new Picture(header.Width, header.Height, unpacker.Channels);
        foreach (var pass in PngPass.Of(header))
        {
            Inflate(inflated, pass, header, unpacker, picture);
        }

        // Reading on to the end makes the inflater verify its checksum; surplus data is harmless.
        _ = inflated.ReadByte();
        return picture;
    }

    private static void Inflate(
        ZLibStream inflated, PngPass pass, PngHeader header, PngUnpacker unpacker, Picture picture)
    {
        var (width, height) = (pass.Width(header), pass.Height(header));
        var current = new byte[header.RowBytes(width) + 1];
        var above = new byte[current.Length];
        var pixels = pass.Across == 1 ? [] : new byte[width * picture.Channels];
        for (var y = 0; y < height; y++)
        {
            if (inflated.ReadAtLeast(current, current.Length, throwOnEndOfStream: false) < current.Length)
            {
                throw new CorruptImageException($"the PNG pixel data end in row {y} of {height}");
            }

            PngFilters.Undo(current[0], current.AsSpan(1), above.AsSpan(1), header.FilterDistance);
            var row = picture.Row(pass.Top + (y * pass.Down));
            if (pass.Across == 1)
            {
                unpacker.Unpack(current.AsSpan(1), row);
            }
            else
            {
                unpacker.Unpack(current.AsSpan(1), pixels);
                Spread(pixels, pass, picture.Channels, row);
            }

            (current, above) = (above, current);
        }
    }

    private static void Spread(ReadOnlySpan<byte> pixels, PngPass pass, int channels, Span<byte> row)
    {
        var to = pass.Left * channels;
        for (var from = 0; from < pixels.Length; from += channels, to += pass.Across * channels)
        {
            pixels.Slice(from, channels).CopyTo(row[to..]);
        }
    }

    private sealed class Parts(PngHeader header)
    {
        public PngHeader Header => header;

        public List<Range> Data { get; } = [];

        public byte[]? Palette { get; set; }

        public byte[]? Transparency { get; set; }

        public Orientation Orientation { get; set; } = Orientation.Upright;

        public long DataLength => Data.Sum(range => (long)range.End.Value - range.Start.Value);
    }
}

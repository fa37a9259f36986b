using System.Buffers.Binary;

namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>Reads Huffman-coded JPEG files of 8 bits, sequential or progressive: grey, colour, CMYK and YCCK.</summary>
public static class JpegReader
{
    /// <summary>The picture as stored, whatever its orientation.</summary>
    public static Picture Read(ReadOnlySpan<byte> file, long maxPixels = Picture.MaxPixels) =>
        Open(file, maxPixels).Picture;

    public static DecodedImage Open(ReadOnlySpan<byte> file, long maxPixels = Picture.MaxPixels)
    {
        if (!file.StartsWith((ReadOnlySpan<byte>)[JpegMarker.Prefix, JpegMarker.Start]))
        {
            throw new CorruptImageException("the file does not start with the JPEG signature");
        }

        var decoding = new JpegDecoding(maxPixels);
        var position = 2;
        while (!decoding.Complete)
        {
            var marker = NextMarker(file, ref position);
            if (JpegMarker.StandsAlone(marker))
            {
                continue;
            }

            if (marker == JpegMarker.End)
            {
                decoding.End();
                continue;
            }

            var segment = Segment(file, ref position);
            if (marker == JpegMarker.Scan)
            {
                position = decoding.Scan(file, segment, position);
            }
            else
            {
                decoding.Define(marker, segment);
            }
        }

        return decoding.Finish();
    }

    private static byte NextMarker(ReadOnlySpan<byte> file, ref int position)
    {
        while (position + 1 < file.Length)
        {
            var (prefix, marker) = (file[position], file[position + 1]);
            if (prefix == JpegMarker.Prefix && marker is not (0 or JpegMarker.Prefix))
            {
                position += 2;
                return marker;
            }

            position++;
        }

        throw Truncated();
    }

    private static ReadOnlySpan<byte> Segment(ReadOnlySpan<byte> file, ref int position)
    {
        if (position + 2 > file.Length)
        {
            throw Truncated();
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(file[position..]);
        if (length < 2)
        {
            throw new CorruptImageException($"a JPEG segment claims a length of {length}");
        }

        if (position + length > file.Length)
        {
            throw Truncated();
        }

        var segment = file.Slice(position + 2, length - 2);
        position += length;
        return segment;
    }

    private static CorruptImageException Truncated() => new("the JPEG file is truncated");
}

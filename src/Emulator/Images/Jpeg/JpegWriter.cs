namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>Writes baseline JPEG files, colour in 4:2:0; alpha is dropped.</summary>
public static class JpegWriter
{
    /// <param name="quality">From 1 to 100, on libjpeg's scale.</param>
    public static byte[] Write(Picture picture, int quality = 90)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(picture.Width, ushort.MaxValue, nameof(picture));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(picture.Height, ushort.MaxValue, nameof(picture));
        var colour = picture.Channels > 1;
        using var file = new MemoryStream();
        file.Write([JpegMarker.Prefix, JpegMarker.Start]);
        WriteSegment(file, JpegMarker.App0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        for (var table = 0; table <= (colour ? 1 : 0); table++)
        {
            WriteSegment(file, JpegMarker.QuantisationTables, [(byte)table, .. StandardTables.Steps(table, quality)]);
            WriteSegment(file, JpegMarker.HuffmanTables, [(byte)table, .. StandardTables.Dc[table].Definition]);
            WriteSegment(file, JpegMarker.HuffmanTables, [(byte)(0x10 | table), .. StandardTables.Ac[table].Definition]);
        }

        WriteFrame(file, picture, colour);
        WriteSegment(file, JpegMarker.Scan, colour ? [3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0] : [1, 1, 0, 0, 63, 0]);
        WriteScan(file, JpegPlanes.Of(picture), quality);
        file.Write([JpegMarker.Prefix, JpegMarker.End]);
        return file.ToArray();
    }

    private static void WriteFrame(Stream file, Picture picture, bool colour)
    {
        byte[] size = [(byte)(picture.Height >> 8), (byte)picture.Height, (byte)(picture.Width >> 8), (byte)picture.Width];
        byte[] components = colour ? [3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1] : [1, 1, 0x11, 0];
        WriteSegment(file, JpegMarker.BaselineFrame, [8, .. size, .. components]);
    }

    private static void WriteScan(Stream file, JpegPlane[] planes, int quality)
    {
        var writer = new JpegBitWriter(file);
        var encoders = planes.Select((plane, i) => Encoder(plane, Math.Min(i, 1), quality)).ToArray();
        // Of a coloured picture, four blocks of luma share one block of each chroma plane.
        var blocks = planes.Length == 1 ? 1 : 2;
        var mcu = blocks * ZigZag.BlockSize;
        for (var y = 0; y < planes[0].Height / mcu; y++)
        {
            for (var x = 0; x < planes[0].Width / mcu; x++)
            {
                for (var i = 0; i < blocks * blocks; i++)
                {
                    encoders[0].Encode((x * blocks) + (i % blocks), (y * blocks) + (i / blocks), writer);
                }

                foreach (var chroma in encoders.AsSpan(1))
                {
                    chroma.Encode(x, y, writer);
                }
            }
        }

        writer.Finish();
    }

    private static JpegBlockEncoder Encoder(JpegPlane plane, int table, int quality) => new(
        plane, StandardTables.Steps(table, quality), StandardTables.Dc[table], StandardTables.Ac[table]);

    private static void WriteSegment(Stream file, byte marker, byte[] data)
    {
        var length = data.Length + 2;
        file.Write([JpegMarker.Prefix, marker, (byte)(length >> 8), (byte)length]);
        file.Write(data);
    }
}

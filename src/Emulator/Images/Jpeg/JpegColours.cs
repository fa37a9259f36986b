namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>Puts a decoded frame's components together into a picture.</summary>
internal static class JpegColours
{
    private const int Bits = 16;
    private const int Half = 1 << (Bits - 1);

    public static Picture Combine(JpegFrame frame, bool transformed)
    {
        var picture = new Picture(frame.Width, frame.Height, Math.Min(frame.Components.Length, 3));
        var sources = Array.ConvertAll(frame.Components, component => new ChromaRows(component, frame));
        for (var y = 0; y < frame.Height; y++)
        {
            var row = picture.Row(y);
            if (sources.Length == 1)
            {
                sources[0].Row(y).CopyTo(row);
            }
            else if (transformed)
            {
                FromYCbCr(sources[0].Row(y), sources[1].Row(y), sources[2].Row(y), row);
            }
            else
            {
                Interleave(sources[0].Row(y), sources[1].Row(y), sources[2].Row(y), row);
            }

            if (sources.Length == 4)
            {
                Print(row, sources[3].Row(y), inverted: transformed);
            }
        }

        return picture;
    }

    private static void FromYCbCr(
        ReadOnlySpan<byte> luma, ReadOnlySpan<byte> blue, ReadOnlySpan<byte> red, Span<byte> row)
    {
        for (var (x, to) = (0, 0); x < luma.Length; x++, to += 3)
        {
            var (y, cb, cr) = ((luma[x] << Bits) + Half, blue[x] - 128, red[x] - 128);
            row[to] = Level(y + (Fixed(1.402) * cr));
            row[to + 1] = Level(y - (Fixed(0.344136) * cb) - (Fixed(0.714136) * cr));
            row[to + 2] = Level(y + (Fixed(1.772) * cb));
        }
    }

    private static void Interleave(
        ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third, Span<byte> row)
    {
        for (var (x, to) = (0, 0); x < first.Length; x++, to += 3)
        {
            (row[to], row[to + 1], row[to + 2]) = (first[x], second[x], third[x]);
        }
    }

    /// <summary>
    /// Puts black ink over coloured inks. All are stored as Adobe does, 255 for no ink, and as every reader assumes;
    /// what came as YCCK turned to the inks themselves.
    /// </summary>
    private static void Print(Span<byte> row, ReadOnlySpan<byte> black, bool inverted)
    {
        for (var i = 0; i < row.Length; i++)
        {
            var ink = inverted ? row[i] : 255 - row[i];
            var light = black[i / 3];
            row[i] = (byte)Math.Max(0, light - (((ink * light) + 127) / 255));
        }
    }

    private static int Fixed(double factor) => (int)((factor * (1 << Bits)) + 0.5);

    private static byte Level(int value) => (byte)Math.Clamp(value >> Bits, 0, 255);
}

using System.Buffers.Binary;
using System.Text;

namespace AkkaComfy.Emulator.Images.Png;

/// <summary>
/// Writes animated PNG files as ComfyUI does: they play for ever, and their metadata follow the pictures.
/// </summary>
public static class AnimatedPngWriter
{
    private const int ControlLength = 26;
    private const int Milliseconds = 1000;

    /// <param name="frames">One at least, all of one size and kind.</param>
    public static byte[] Write(
        IReadOnlyList<Picture> frames,
        TimeSpan delay,
        IEnumerable<KeyValuePair<string, string>> metadata,
        int level = PngWriter.DefaultLevel)
    {
        using var file = new MemoryStream();
        file.Write(PngSignature.Bytes);
        PngWriter.WriteHeader(file, frames[0]);
        WriteAnimation(file, frames.Count);
        var sequence = 0;
        foreach (var frame in frames)
        {
            WriteControl(file, sequence++, frame, delay);
            var pixels = PngWriter.Deflated(frame, level);
            if (sequence == 1)
            {
                // What programs see that know nothing of animations.
                PngWriter.WriteChunk(file, "IDAT"u8, pixels.Span);
            }
            else
            {
                PngWriter.WriteChunk(file, "fdAT"u8, [.. Number(sequence++), .. pixels.Span]);
            }
        }

        foreach (var (keyword, value) in metadata)
        {
            PngWriter.WriteChunk(
                file, "comf"u8, [.. Encoding.Latin1.GetBytes(keyword), 0, .. Encoding.UTF8.GetBytes(value)]);
        }

        PngWriter.WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void WriteAnimation(Stream file, int frames) =>
        PngWriter.WriteChunk(file, "acTL"u8, [.. Number(frames), .. Number(0)]);

    private static void WriteControl(Stream file, int sequence, Picture frame, TimeSpan delay)
    {
        Span<byte> control = stackalloc byte[ControlLength];
        control.Clear();
        BinaryPrimitives.WriteInt32BigEndian(control, sequence);
        BinaryPrimitives.WriteInt32BigEndian(control[4..], frame.Width);
        BinaryPrimitives.WriteInt32BigEndian(control[8..], frame.Height);

        // A delay is a fraction of two numbers of 16 bits: beyond a minute it is told in hundredths of a second.
        var coarse = delay.TotalMilliseconds > ushort.MaxValue ? 10 : 1;
        BinaryPrimitives.WriteUInt16BigEndian(control[20..], (ushort)(delay.TotalMilliseconds / coarse));
        BinaryPrimitives.WriteUInt16BigEndian(control[22..], (ushort)(Milliseconds / coarse));
        PngWriter.WriteChunk(file, "fcTL"u8, control);
    }

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}

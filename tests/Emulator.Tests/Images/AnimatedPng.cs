using System.Buffers.Binary;
using AkkaComfy.Emulator.Images;

namespace AkkaComfy.Emulator.Tests.Images;

/// <summary>Takes animated PNG files apart, independently of the code that writes them.</summary>
internal static class AnimatedPng
{
    public static (int Frames, int Loops) Plays(byte[] file)
    {
        var control = file[PngBuilder.Chunks(file).Single(chunk => chunk.Type == "acTL").Data];
        return (BinaryPrimitives.ReadInt32BigEndian(control), BinaryPrimitives.ReadInt32BigEndian(control.AsSpan(4)));
    }

    /// <summary>Each frame as a still of its own, in order of their numbers, which must have no gap.</summary>
    public static IReadOnlyList<((int Numerator, int Denominator) Delay, Picture Picture)> Frames(byte[] file)
    {
        var frames = new List<((int, int) Delay, Picture Picture)>();
        var (header, delay, sequence) = (Array.Empty<byte>(), (0, 0), 0);
        foreach (var (type, range) in PngBuilder.Chunks(file))
        {
            var data = file[range];
            switch (type)
            {
                case "IHDR":
                    header = data;
                    break;
                case "fcTL":
                    Assert.Equal(sequence++, BinaryPrimitives.ReadInt32BigEndian(data));
                    Assert.Equal(header[..8], data[4..12]);
                    delay = (BinaryPrimitives.ReadUInt16BigEndian(data.AsSpan(20)),
                        BinaryPrimitives.ReadUInt16BigEndian(data.AsSpan(22)));
                    break;
                case "IDAT":
                    frames.Add((delay, Still(header, data)));
                    break;
                case "fdAT":
                    Assert.Equal(sequence++, BinaryPrimitives.ReadInt32BigEndian(data));
                    frames.Add((delay, Still(header, data[4..])));
                    break;
            }
        }

        return frames;
    }

    private static Picture Still(byte[] header, byte[] data) =>
        ImageDecoder.Decode(new PngBuilder().Chunk("IHDR", header).Chunk("IDAT", data).End());
}

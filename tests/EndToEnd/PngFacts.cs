using System.Buffers.Binary;

namespace AkkaComfy.EndToEnd;

/// <summary>What a PNG's header says.</summary>
internal sealed record PngFacts(int Width, int Height, bool HasAlpha)
{
    private const byte RgbAlpha = 6;

    public static PngFacts Of(ReadOnlySpan<byte> png)
    {
        Assert.True(png.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']), "not a PNG");
        return new PngFacts(
            BinaryPrimitives.ReadInt32BigEndian(png[16..]),
            BinaryPrimitives.ReadInt32BigEndian(png[20..]),
            png[25] == RgbAlpha);
    }
}

using System.Buffers.Binary;

namespace AkkaComfy.Emulator.Images.Png;

/// <summary>Brings a row's samples to one byte each.</summary>
internal sealed class PngSamples(PngHeader header)
{
    private readonly byte[] _samples = header.BitDepth == 8 ? [] : new byte[header.Width * header.SamplesPerPixel];

    /// <summary>As many as <paramref name="pixels"/> need; small ones keep their numbers. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> row, int pixels)
    {
        if (header.BitDepth == 8)
        {
            return row;
        }

        var samples = _samples.AsSpan(0, pixels * header.SamplesPerPixel);
        if (header.BitDepth < 8)
        {
            Widen(row, samples);
        }
        else if (header.Colour == PngColour.Grey)
        {
            NarrowGrey(row, samples);
        }
        else
        {
            Narrow(row, samples);
        }

        return samples;
    }

    private void Widen(ReadOnlySpan<byte> row, Span<byte> samples)
    {
        var depth = header.BitDepth;
        var mask = (1 << depth) - 1;
        for (var x = 0; x < samples.Length; x++)
        {
            var bit = x * depth;
            samples[x] = (byte)((row[bit >> 3] >> (8 - depth - (bit & 7))) & mask);
        }
    }

    /// <summary>As Pillow does it: the lower byte is dropped.</summary>
    private static void Narrow(ReadOnlySpan<byte> row, Span<byte> samples)
    {
        for (var x = 0; x < samples.Length; x++)
        {
            samples[x] = row[2 * x];
        }
    }

    /// <summary>As ComfyUI has Pillow do it with grey of 16 bits: a 255th, cut to what fits.</summary>
    private static void NarrowGrey(ReadOnlySpan<byte> row, Span<byte> samples)
    {
        for (var x = 0; x < samples.Length; x++)
        {
            samples[x] = (byte)Math.Min(byte.MaxValue, BinaryPrimitives.ReadUInt16BigEndian(row[(2 * x)..]) / 255);
        }
    }
}

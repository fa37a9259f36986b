using System.Buffers.Binary;

namespace AkkaComfy.Emulator.Images.Png;

/// <summary>Turns unfiltered PNG rows into picture rows: depth, palette and transparency resolved.</summary>
internal sealed class PngUnpacker
{
    private readonly PngHeader _header;
    private readonly byte[] _palette;
    private readonly byte[]? _transparency;
    private readonly PngSamples _samples;

    public PngUnpacker(PngHeader header, byte[]? palette, byte[]? transparency)
    {
        _header = header;
        _palette = palette ?? [];
        _transparency = header.Colour is PngColour.GreyAlpha or PngColour.Rgba ? null : transparency;
        _samples = new PngSamples(header);
        CheckPalette(palette);
        CheckTransparency();
        Channels = _transparency is not null ? 4 : header.Colour switch
        {
            PngColour.Grey => 1,
            PngColour.Rgb or PngColour.Palette => 3,
            _ => 4,
        };
    }

    public int Channels { get; }

    public AlphaOrigin Alpha => _header.Colour switch
    {
        PngColour.GreyAlpha or PngColour.Rgba => AlphaOrigin.Channel,
        _ when _transparency is null => AlphaOrigin.None,
        PngColour.Palette => AlphaOrigin.Palette,
        _ => AlphaOrigin.Key,
    };

    /// <param name="target">As many pixels as the row has, or a pass of it.</param>
    public void Unpack(ReadOnlySpan<byte> row, Span<byte> target)
    {
        var source = _samples.Of(row, target.Length / Channels);
        switch (_header.Colour)
        {
            case PngColour.Grey when _header.BitDepth < 8 || Channels == 4: UnpackGrey(source, target); break;
            case PngColour.Palette: UnpackPalette(source, target); break;
            case PngColour.GreyAlpha: UnpackGreyAlpha(source, target); break;
            case PngColour.Rgb when _transparency is not null: UnpackKeyedRgb(source, target); break;
            default: source[..target.Length].CopyTo(target); break;
        }

        if (Alpha == AlphaOrigin.Key)
        {
            UnpackKey(row, source, target);
        }
    }

    private byte Full(byte sample) =>
        _header.BitDepth >= 8 ? sample : (byte)(sample * 255 / ((1 << _header.BitDepth) - 1));

    private void UnpackGrey(ReadOnlySpan<byte> source, Span<byte> target)
    {
        for (var (from, to) = (0, 0); to < target.Length; from++, to += Channels)
        {
            target.Slice(to, Math.Min(Channels, 3)).Fill(Full(source[from]));
        }
    }

    private static void UnpackKeyedRgb(ReadOnlySpan<byte> source, Span<byte> target)
    {
        for (var (from, to) = (0, 0); to < target.Length; from += 3, to += 4)
        {
            source.Slice(from, 3).CopyTo(target[to..]);
        }
    }

    /// <summary>A pixel whose samples, all their bits, are the key's is transparent.</summary>
    private void UnpackKey(ReadOnlySpan<byte> row, ReadOnlySpan<byte> source, Span<byte> target)
    {
        var count = _header.SamplesPerPixel;
        for (var (x, to) = (0, 3); to < target.Length; x += count, to += 4)
        {
            var keyed = _header.BitDepth == 16
                ? row.Slice(2 * x, 2 * count).SequenceEqual(_transparency)
                : IsKey(source.Slice(x, count));
            target[to] = keyed ? (byte)0 : (byte)255;
        }
    }

    private bool IsKey(ReadOnlySpan<byte> samples)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            if (samples[i] != BinaryPrimitives.ReadUInt16BigEndian(_transparency.AsSpan(2 * i)))
            {
                return false;
            }
        }

        return true;
    }

    private void UnpackPalette(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var entries = _palette.Length / 3;
        for (var (x, to) = (0, 0); to < target.Length; x++, to += Channels)
        {
            var index = source[x];
            if (index >= entries)
            {
                throw new CorruptImageException($"a PNG pixel names palette entry {index} of {entries}");
            }

            _palette.AsSpan(index * 3, 3).CopyTo(target[to..]);
            if (_transparency is not null)
            {
                target[to + 3] = index < _transparency.Length ? _transparency[index] : (byte)255;
            }
        }
    }

    private static void UnpackGreyAlpha(ReadOnlySpan<byte> source, Span<byte> target)
    {
        for (var (from, to) = (0, 0); to < target.Length; from += 2, to += 4)
        {
            target.Slice(to, 3).Fill(source[from]);
            target[to + 3] = source[from + 1];
        }
    }

    private void CheckPalette(byte[]? palette)
    {
        if (_header.Colour != PngColour.Palette)
        {
            return;
        }

        if (palette is null)
        {
            throw new CorruptImageException("a palette PNG without a palette");
        }

        if (palette.Length % 3 != 0 || palette.Length is 0 or > 768)
        {
            throw new CorruptImageException($"a PNG palette of {palette.Length} bytes");
        }
    }

    private void CheckTransparency()
    {
        if (_transparency is null)
        {
            return;
        }

        var valid = _header.Colour switch
        {
            PngColour.Grey => _transparency.Length == 2,
            PngColour.Rgb => _transparency.Length == 6,
            _ => _transparency.Length <= _palette.Length / 3,
        };
        if (!valid)
        {
            throw new CorruptImageException($"a PNG transparency chunk of {_transparency.Length} bytes");
        }
    }
}

using System.Buffers.Binary;

namespace AkkaComfy.Emulator.Images.Png;

/// <summary>Turns unfiltered PNG rows into picture rows: depth, palette and transparency resolved.</summary>
internal sealed class PngUnpacker
{
    private readonly PngHeader _header;
    private readonly byte[] _palette;
    private readonly byte[]? _transparency;
    private readonly byte[] _samples;

    public PngUnpacker(PngHeader header, byte[]? palette, byte[]? transparency)
    {
        _header = header;
        _palette = palette ?? [];
        _transparency = header.Colour is PngColour.GreyAlpha or PngColour.Rgba ? null : transparency;
        _samples = header.BitDepth < 8 ? new byte[header.Width] : [];
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

    public void Unpack(ReadOnlySpan<byte> row, Span<byte> target)
    {
        var source = row;
        if (_header.BitDepth < 8)
        {
            Widen(row);
            source = _samples;
        }

        switch (_header.Colour)
        {
            case PngColour.Grey when _transparency is null: UnpackGrey(source, target); break;
            case PngColour.Grey: UnpackKeyedGrey(source, target); break;
            case PngColour.Rgb when _transparency is not null: UnpackKeyedRgb(source, target); break;
            case PngColour.Palette: UnpackPalette(source, target); break;
            case PngColour.GreyAlpha: UnpackGreyAlpha(source, target); break;
            default: source.CopyTo(target); break;
        }
    }

    private void Widen(ReadOnlySpan<byte> row)
    {
        var depth = _header.BitDepth;
        var mask = (1 << depth) - 1;
        for (var x = 0; x < _samples.Length; x++)
        {
            var bit = x * depth;
            _samples[x] = (byte)((row[bit >> 3] >> (8 - depth - (bit & 7))) & mask);
        }
    }

    private byte Full(byte sample) => (byte)(sample * 255 / ((1 << _header.BitDepth) - 1));

    private void UnpackGrey(ReadOnlySpan<byte> source, Span<byte> target)
    {
        for (var x = 0; x < target.Length; x++)
        {
            target[x] = Full(source[x]);
        }
    }

    private void UnpackKeyedGrey(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var key = BinaryPrimitives.ReadUInt16BigEndian(_transparency);
        for (var x = 0; x < source.Length; x++)
        {
            target.Slice(x * 4, 3).Fill(Full(source[x]));
            target[(x * 4) + 3] = source[x] == key ? (byte)0 : (byte)255;
        }
    }

    private void UnpackKeyedRgb(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var red = BinaryPrimitives.ReadUInt16BigEndian(_transparency);
        var green = BinaryPrimitives.ReadUInt16BigEndian(_transparency.AsSpan(2));
        var blue = BinaryPrimitives.ReadUInt16BigEndian(_transparency.AsSpan(4));
        for (var (from, to) = (0, 0); from < source.Length; from += 3, to += 4)
        {
            source.Slice(from, 3).CopyTo(target[to..]);
            var keyed = source[from] == red && source[from + 1] == green && source[from + 2] == blue;
            target[to + 3] = keyed ? (byte)0 : (byte)255;
        }
    }

    private void UnpackPalette(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var entries = _palette.Length / 3;
        for (var x = 0; x < _header.Width; x++)
        {
            var index = source[x];
            if (index >= entries)
            {
                throw new CorruptImageException($"a PNG pixel names palette entry {index} of {entries}");
            }

            _palette.AsSpan(index * 3, 3).CopyTo(target[(x * Channels)..]);
            if (_transparency is not null)
            {
                target[(x * 4) + 3] = index < _transparency.Length ? _transparency[index] : (byte)255;
            }
        }
    }

    private static void UnpackGreyAlpha(ReadOnlySpan<byte> source, Span<byte> target)
    {
        for (var (from, to) = (0, 0); from < source.Length; from += 2, to += 4)
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

using System.Runtime.CompilerServices;

namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>Reads a scan's bits, dropping the stuffed zero after each 0xFF; past the data it reads zeros.</summary>
internal ref struct JpegBitReader(ReadOnlySpan<byte> file, int start)
{
    private readonly ReadOnlySpan<byte> _file = file;
    private int _next = start;
    private ulong _bits;
    private int _count;

    /// <summary>How many of the bits held are zeros that the file does not have.</summary>
    private int _invented;

    /// <summary>Where the next marker lies, or bytes not yet read before it.</summary>
    public readonly int Position => _next;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Symbol(HuffmanDecoder table)
    {
        if (_count < HuffmanDecoder.MaxLength)
        {
            Fill();
        }

        var found = table.Short((int)(_bits >> (64 - HuffmanDecoder.LookBits)));
        if (found == 0)
        {
            found = table.Long((int)(_bits >> (64 - HuffmanDecoder.MaxLength)));
        }

        Skip(found >> 8);
        return found & 0xFF;
    }

    /// <summary>A signed number of the given length, 1 to 15: the lower half of its range stands for negatives.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Number(int length)
    {
        var value = Bits(length);
        return value < 1 << (length - 1) ? value - (1 << length) + 1 : value;
    }

    /// <summary>So many bits as they stand, 1 to 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Bits(int length)
    {
        if (_count < length)
        {
            Fill();
        }

        var value = (int)(_bits >> (64 - length));
        Skip(length);
        return value;
    }

    /// <summary>Drops the rest of the current byte and passes over the restart marker that must follow.</summary>
    public void Restart(int index)
    {
        Fill();
        var expected = JpegMarker.FirstRestart + (index & 7);
        var wholeBytesLeft = _count - _invented >= 8;
        if (wholeBytesLeft || _next + 1 >= _file.Length || _file[_next + 1] != expected)
        {
            throw new CorruptImageException("the JPEG data lack a restart marker");
        }

        _next += 2;
        (_bits, _count, _invented) = (0, 0, 0);
    }

    private void Skip(int count)
    {
        _bits <<= count;
        _count -= count;
        if (_count < _invented)
        {
            throw new CorruptImageException("the JPEG data end too early");
        }
    }

    private void Fill()
    {
        while (_count <= 56)
        {
            _bits |= (ulong)NextByte() << (56 - _count);
            _count += 8;
        }
    }

    private byte NextByte()
    {
        // Any number of 0xFF may precede a marker as padding.
        while (_next + 1 < _file.Length && _file[_next] == JpegMarker.Prefix && _file[_next + 1] == JpegMarker.Prefix)
        {
            _next++;
        }

        if (_next < _file.Length)
        {
            var value = _file[_next];
            if (value != JpegMarker.Prefix)
            {
                _next++;
                return value;
            }

            if (_next + 1 < _file.Length && _file[_next + 1] == 0)
            {
                _next += 2;
                return value;
            }
        }

        _invented += 8;
        return 0;
    }
}

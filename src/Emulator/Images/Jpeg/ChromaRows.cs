namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>Gives a component's rows at the full size of the picture, interpolating between its samples.</summary>
internal sealed class ChromaRows
{
    private const int Bits = 8;
    private const int One = 1 << Bits;

    private readonly JpegComponent _component;
    private readonly JpegFrame _frame;
    private readonly (int Index, int Weight)[] _across;
    private readonly ushort[] _blended;
    private readonly byte[] _row;

    public ChromaRows(JpegComponent component, JpegFrame frame)
    {
        (_component, _frame) = (component, frame);
        _row = new byte[frame.Width];
        _blended = new ushort[component.Width + 1];
        _across = component.Horizontal == frame.MaxHorizontal ? [] : new (int, int)[frame.Width];
        for (var x = 0; x < _across.Length; x++)
        {
            _across[x] = Place(x, component.Horizontal, frame.MaxHorizontal, component.Width);
        }
    }

    /// <summary>Valid until the next call.</summary>
    public ReadOnlySpan<byte> Row(int y)
    {
        var (row, weight) = Place(y, _component.Vertical, _frame.MaxVertical, _component.Height);
        var upper = _component.Row(row);
        if (weight == 0 && _across.Length == 0)
        {
            return upper;
        }

        var lower = _component.Row(Math.Min(row + 1, _component.Height - 1));
        for (var x = 0; x < upper.Length; x++)
        {
            _blended[x] = (ushort)((upper[x] * (One - weight)) + (lower[x] * weight));
        }

        _blended[upper.Length] = _blended[upper.Length - 1];
        Spread();
        return _row;
    }

    /// <summary>The sample at or before a full-size position, and the weight of the next one, of 256.</summary>
    private static (int Index, int Weight) Place(int position, int sampling, int max, int length)
    {
        // Samples sit in the middle of the area they stand for.
        var doubled = (((2 * position) + 1) * sampling) - max;
        if (doubled <= 0)
        {
            return (0, 0);
        }

        var (index, rest) = Math.DivRem(doubled, 2 * max);
        return index >= length - 1 ? (length - 1, 0) : (index, rest * One / (2 * max));
    }

    private void Spread()
    {
        if (_across.Length == 0)
        {
            for (var x = 0; x < _row.Length; x++)
            {
                _row[x] = (byte)((_blended[x] + (One / 2)) >> Bits);
            }

            return;
        }

        for (var x = 0; x < _row.Length; x++)
        {
            var (index, weight) = _across[x];
            var mixed = (_blended[index] * (One - weight)) + (_blended[index + 1] * weight);
            _row[x] = (byte)((mixed + (One * One / 2)) >> (2 * Bits));
        }
    }
}

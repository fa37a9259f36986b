namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>Writes a scan's bits, stuffing a zero after each 0xFF.</summary>
internal sealed class JpegBitWriter(Stream file)
{
    private uint _bits;
    private int _count;

    /// <param name="length">At most 16.</param>
    public void Write(int bits, int length)
    {
        _bits = (_bits << length) | ((uint)bits & ((1u << length) - 1));
        _count += length;
        while (_count >= 8)
        {
            _count -= 8;
            var next = (byte)(_bits >> _count);
            file.WriteByte(next);
            if (next == JpegMarker.Prefix)
            {
                file.WriteByte(0);
            }
        }
    }

    /// <summary>Fills the last byte with ones.</summary>
    public void Finish() => Write(0x7F, 7);
}

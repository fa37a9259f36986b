namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>
/// One colour component of a frame: how it is sampled, the coefficients of a progressive one, and the plane of samples.
/// </summary>
internal sealed class JpegComponent(byte id, int horizontal, int vertical, byte quantisation)
{
    private short[] _coefficients = [];

    public byte Id => id;

    public int Horizontal => horizontal;

    public int Vertical => vertical;

    public byte Quantisation => quantisation;

    /// <summary>Samples that belong to the picture; the plane is padded to whole MCUs beyond them.</summary>
    public int Width { get; private set; }

    public int Height { get; private set; }

    public int BlocksAcross { get; private set; }

    public int BlocksDown { get; private set; }

    /// <summary>As many as the picture needs, without the padding.</summary>
    public long Blocks => (long)ZigZag.Blocks(Width) * ZigZag.Blocks(Height);

    public int Stride => BlocksAcross * ZigZag.BlockSize;

    public byte[] Plane { get; private set; } = [];

    /// <summary>The quantisation steps in the file's order; null before its first scan.</summary>
    public float[]? Steps { get; set; }

    /// <summary>Whether its constant terms, and of a sequential file everything, have been coded.</summary>
    public bool Decoded { get; set; }

    public void Measure(JpegFrame frame)
    {
        Width = Share(frame.Width, horizontal, frame.MaxHorizontal);
        Height = Share(frame.Height, vertical, frame.MaxVertical);
        BlocksAcross = frame.McusAcross * horizontal;
        BlocksDown = frame.McusDown * vertical;
    }

    public void AllocatePlane() => Plane = new byte[BlocksAcross * BlocksDown * ZigZag.BlockLength];

    /// <summary>All zero; those that there are stay.</summary>
    public void AllocateCoefficients()
    {
        if (_coefficients.Length == 0)
        {
            _coefficients = new short[BlocksAcross * BlocksDown * ZigZag.BlockLength];
        }
    }

    public void ReleaseCoefficients() => _coefficients = [];

    /// <summary>A block's coefficients in the file's order.</summary>
    public Span<short> Coefficients(int blockX, int blockY) =>
        _coefficients.AsSpan(((blockY * BlocksAcross) + blockX) * ZigZag.BlockLength, ZigZag.BlockLength);

    /// <summary>The plane from a block's first sample on.</summary>
    public Span<byte> BlockAt(int blockX, int blockY) =>
        Plane.AsSpan(((blockY * Stride) + blockX) * ZigZag.BlockSize);

    public ReadOnlySpan<byte> Row(int y) => Plane.AsSpan(y * Stride, Width);

    private static int Share(int length, int sampling, int max) =>
        (int)((((long)length * sampling) + max - 1) / max);
}

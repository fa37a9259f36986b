namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>One colour component of a frame: how it is sampled, and the plane its blocks are decoded into.</summary>
internal sealed class JpegComponent(byte id, int horizontal, int vertical, byte quantisation)
{
    private int _paddedHeight;

    public byte Id => id;

    public int Horizontal => horizontal;

    public int Vertical => vertical;

    public byte Quantisation => quantisation;

    /// <summary>Samples that belong to the picture; the plane is padded to whole MCUs beyond them.</summary>
    public int Width { get; private set; }

    public int Height { get; private set; }

    public int Stride { get; private set; }

    public byte[] Plane { get; private set; } = [];

    public bool Decoded { get; set; }

    public void Measure(JpegFrame frame)
    {
        Width = Share(frame.Width, horizontal, frame.MaxHorizontal);
        Height = Share(frame.Height, vertical, frame.MaxVertical);
        Stride = frame.McusAcross * horizontal * ZigZag.BlockSize;
        _paddedHeight = frame.McusDown * vertical * ZigZag.BlockSize;
    }

    public void Allocate() => Plane = new byte[Stride * _paddedHeight];

    public ReadOnlySpan<byte> Row(int y) => Plane.AsSpan(y * Stride, Width);

    private static int Share(int length, int sampling, int max) =>
        (int)((((long)length * sampling) + max - 1) / max);
}

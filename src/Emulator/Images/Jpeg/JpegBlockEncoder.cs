using System.Numerics;

namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>Encodes the blocks of one component, each against the constant term of the one before.</summary>
internal sealed class JpegBlockEncoder(JpegPlane plane, byte[] steps, HuffmanEncoder dc, HuffmanEncoder ac)
{
    private const int MaxZeroRun = 15;

    /// <summary>The tables have no code for more.</summary>
    private const int MaxCoefficient = 1023;

    private const int ZeroRun = 0xF0;
    private readonly float[] _block = new float[ZigZag.BlockLength];
    private int _constant;

    public void Encode(int blockX, int blockY, JpegBitWriter writer)
    {
        plane.CopyBlock(blockX, blockY, _block);
        ForwardDct.Transform(_block);
        var constant = Quantised(0);
        WriteNumber(writer, dc, 0, constant - _constant);
        _constant = constant;
        var zeros = 0;
        for (var place = 1; place < ZigZag.BlockLength; place++)
        {
            var value = Quantised(place);
            if (value == 0)
            {
                zeros++;
                continue;
            }

            for (; zeros > MaxZeroRun; zeros -= MaxZeroRun + 1)
            {
                WriteSymbol(writer, ac, ZeroRun);
            }

            WriteNumber(writer, ac, zeros << 4, value);
            zeros = 0;
        }

        if (zeros > 0)
        {
            WriteSymbol(writer, ac, 0);
        }
    }

    private static void WriteNumber(JpegBitWriter writer, HuffmanEncoder table, int prefix, int value)
    {
        var length = 32 - BitOperations.LeadingZeroCount((uint)Math.Abs(value));
        WriteSymbol(writer, table, prefix | length);
        writer.Write(value < 0 ? value - 1 : value, length);
    }

    private static void WriteSymbol(JpegBitWriter writer, HuffmanEncoder table, int symbol)
    {
        var (bits, length) = table.Code(symbol);
        writer.Write(bits, length);
    }

    private int Quantised(int place)
    {
        var (y, x) = Math.DivRem((int)ZigZag.ToBlock[place], ZigZag.BlockSize);
        var value = (int)MathF.Round(_block[(x * ZigZag.BlockSize) + y] / steps[place]);
        return Math.Clamp(value, -MaxCoefficient, MaxCoefficient);
    }
}

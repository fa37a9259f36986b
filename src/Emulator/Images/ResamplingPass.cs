using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AkkaComfy.Emulator.Images;

/// <summary>
/// One resampling of a picture into another: source rows are stretched across as they are needed and kept, as many as
/// the kernel is high, while target rows are summed from them.
/// </summary>
internal sealed class ResamplingPass(Picture source, Picture target, ResamplingWeights across, ResamplingWeights down)
{
    private readonly int _channels = source.Channels;

    // A pixel is handled as four floats whatever its channels; rows have room for the surplus of the last one.
    private readonly float[] _line = new float[source.Stride + Vector128<float>.Count];

    public void Render(Range columns, Range rows, CancellationToken cancellationToken)
    {
        var left = columns.Start.Value;
        var width = columns.End.Value - left;
        var kept = new float[down.Taps][];
        for (var i = 0; i < kept.Length; i++)
        {
            kept[i] = new float[Padded(width * _channels)];
        }

        var ordered = new float[down.Taps][];
        var sum = new float[Padded(width * _channels)];
        var packed = new byte[Padded(width * _channels)];
        var next = 0;
        for (var y = rows.Start.Value; y < rows.End.Value; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var first = down.First(y);
            for (next = Math.Max(next, first); next < first + down.Taps; next++)
            {
                Stretch(next, left, width, kept[next % down.Taps]);
            }

            for (var i = 0; i < ordered.Length; i++)
            {
                ordered[i] = kept[(first + i) % kept.Length];
            }

            Sum(ordered, down.At(y), sum);
            if (source.HasAlpha)
            {
                DivideByAlpha(sum);
            }

            Pack(sum, packed);
            packed.AsSpan(0, width * _channels).CopyTo(target.Row(y)[(left * _channels)..]);
        }
    }

    private static int Padded(int length)
    {
        var whole = Vector<byte>.Count;
        return (length + Vector128<float>.Count + whole - 1) / whole * whole;
    }

    private void Stretch(int row, int left, int width, Span<float> stretched)
    {
        Load(source.Row(row), _line);
        ReadOnlySpan<float> line = _line;
        for (var x = 0; x < width; x++)
        {
            var sum = Vector128<float>.Zero;
            var from = across.First(left + x) * _channels;
            foreach (var weight in across.At(left + x))
            {
                sum += Vector128.Create(line.Slice(from, Vector128<float>.Count)) * weight;
                from += _channels;
            }

            sum.CopyTo(stretched[(x * _channels)..]);
        }
    }

    private void Load(ReadOnlySpan<byte> row, Span<float> line)
    {
        for (var i = 0; i < row.Length; i++)
        {
            line[i] = row[i];
        }

        if (!source.HasAlpha)
        {
            return;
        }

        foreach (ref var pixel in MemoryMarshal.Cast<float, Vector4>(line[..row.Length]))
        {
            pixel *= new Vector4(new Vector3(pixel.W / 255), 1);
        }
    }

    private static void Sum(float[][] rows, ReadOnlySpan<float> weights, float[] sum)
    {
        for (var i = 0; i < sum.Length; i += Vector<float>.Count)
        {
            var total = Vector<float>.Zero;
            for (var k = 0; k < weights.Length; k++)
            {
                total += new Vector<float>(rows[k], i) * weights[k];
            }

            total.CopyTo(sum, i);
        }
    }

    private static void DivideByAlpha(Span<float> sum)
    {
        foreach (ref var pixel in MemoryMarshal.Cast<float, Vector4>(sum))
        {
            if (pixel.W > 0)
            {
                pixel *= new Vector4(new Vector3(255 / pixel.W), 1);
            }
        }
    }

    private static void Pack(ReadOnlySpan<float> sum, Span<byte> packed)
    {
        for (var i = 0; i < packed.Length; i += Vector<byte>.Count)
        {
            var step = Vector<float>.Count;
            var low = Vector.Narrow(Level(sum[i..]), Level(sum[(i + step)..]));
            var high = Vector.Narrow(Level(sum[(i + (2 * step))..]), Level(sum[(i + (3 * step))..]));
            Vector.Narrow(low, high).CopyTo(packed[i..]);
        }
    }

    private static Vector<uint> Level(ReadOnlySpan<float> sum)
    {
        var rounded = new Vector<float>(sum) + new Vector<float>(0.5f);
        var clamped = Vector.Min(Vector.Max(rounded, Vector<float>.Zero), new Vector<float>(255));
        return Vector.ConvertToInt32(clamped).As<int, uint>();
    }
}

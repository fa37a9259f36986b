namespace AkkaComfy.Emulator.Images.Background;

/// <summary>One number per pixel.</summary>
internal sealed class FloatPlane(int width, int height)
{
    public int Width => width;

    public int Height => height;

    public float[] Values { get; } = new float[width * height];

    public static FloatPlane Combine(FloatPlane first, FloatPlane second, Func<float, float, float> combine)
    {
        var combined = new FloatPlane(first.Width, first.Height);
        for (var i = 0; i < combined.Values.Length; i++)
        {
            combined.Values[i] = combine(first.Values[i], second.Values[i]);
        }

        return combined;
    }

    public FloatPlane Select(Func<float, float> change) => Combine(this, this, (value, _) => change(value));

    /// <summary>The mean over the square around each pixel, as far as it lies within; time does not grow with it.</summary>
    public FloatPlane BoxMean(int radius) => MeanAcross(radius).Transpose().MeanAcross(radius).Transpose();

    private FloatPlane MeanAcross(int radius)
    {
        var mean = new FloatPlane(width, height);
        for (var y = 0; y < height; y++)
        {
            var row = Values.AsSpan(y * width, width);
            var target = mean.Values.AsSpan(y * width, width);
            double sum = 0;
            for (var x = 0; x < Math.Min(radius, width); x++)
            {
                sum += row[x];
            }

            for (var x = 0; x < width; x++)
            {
                if (x + radius < width)
                {
                    sum += row[x + radius];
                }

                if (x - radius - 1 >= 0)
                {
                    sum -= row[x - radius - 1];
                }

                target[x] = (float)(sum / (Math.Min(x + radius, width - 1) - Math.Max(x - radius, 0) + 1));
            }
        }

        return mean;
    }

    private FloatPlane Transpose()
    {
        var transposed = new FloatPlane(height, width);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                transposed.Values[(x * height) + y] = Values[(y * width) + x];
            }
        }

        return transposed;
    }
}

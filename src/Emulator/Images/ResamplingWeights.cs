namespace AkkaComfy.Emulator.Images;

/// <summary>For every new position along one axis: the first old sample it needs and the weights from there on.</summary>
internal sealed class ResamplingWeights
{
    private readonly int[] _first;
    private readonly float[] _weights;

    private ResamplingWeights(int[] first, float[] weights, int taps) =>
        (_first, _weights, Taps) = (first, weights, taps);

    /// <summary>Weights per position; the same for all, padded with zeros.</summary>
    public int Taps { get; }

    public int First(int position) => _first[position];

    public ReadOnlySpan<float> At(int position) => _weights.AsSpan(position * Taps, Taps);

    public static ResamplingWeights Create(Resampling method, int oldLength, int newLength)
    {
        var axis = Axis.Create(method, oldLength, newLength);
        var extents = new (int From, int To)[newLength];
        var taps = 0;
        for (var position = 0; position < newLength; position++)
        {
            extents[position] = axis.Extent(position);
            taps = Math.Max(taps, extents[position].To - extents[position].From + 1);
        }

        taps = Math.Min(taps, oldLength);
        var first = new int[newLength];
        var weights = new float[newLength * taps];
        for (var position = 0; position < newLength; position++)
        {
            first[position] = Math.Clamp(extents[position].From, 0, oldLength - taps);
            axis.Fill(weights.AsSpan(position * taps, taps), position, extents[position], first[position]);
        }

        return new ResamplingWeights(first, weights, taps);
    }

    /// <summary>One axis of a picture: its old length, the old samples per new one, and the kernel over them.</summary>
    private sealed record Axis(int Length, double Step, double Widening, double Radius, Func<double, double> Kernel)
    {
        public static Axis Create(Resampling method, int oldLength, int newLength)
        {
            var step = (double)oldLength / newLength;
            // Shrinking widens the kernel, so that every old sample counts and nothing aliases.
            var widening = method is Resampling.NearestExact or Resampling.Area ? 1 : Math.Max(1, step);
            var (radius, kernel) = KernelOf(method, step);
            return new Axis(oldLength, step, widening, radius, kernel);
        }

        /// <summary>The outermost old samples that weigh anything; they may lie beyond the edges.</summary>
        public (int From, int To) Extent(int position)
        {
            var centre = (position + 0.5) * Step;
            var from = (int)Math.Ceiling(centre - (Radius * Widening) - 0.5);
            var to = (int)Math.Floor(centre + (Radius * Widening) - 0.5);
            while (from < to && Weight(from, position) == 0)
            {
                from++;
            }

            while (from < to && Weight(to, position) == 0)
            {
                to--;
            }

            return (from, to);
        }

        public void Fill(Span<float> weights, int position, (int From, int To) extent, int first)
        {
            var total = 0.0;
            for (var sample = extent.From; sample <= extent.To; sample++)
            {
                total += Weight(sample, position);
            }
            // Samples beyond an edge repeat it: their weight goes to the outermost sample.
            for (var sample = extent.From; sample <= extent.To; sample++)
            {
                weights[Math.Clamp(sample, 0, Length - 1) - first] += (float)(Weight(sample, position) / total);
            }
        }

        private double Weight(int sample, int position) =>
            Kernel((sample + 0.5 - ((position + 0.5) * Step)) / Widening);
    }

    private static (double Radius, Func<double, double> Kernel) KernelOf(Resampling method, double step) => method switch
    {
        Resampling.NearestExact => (0.5, x => x is > -0.5 and <= 0.5 ? 1 : 0),
        Resampling.Area => ((step / 2) + 0.5, x => Overlap(x, step)),
        Resampling.Bilinear => (1, x => Math.Max(0, 1 - Math.Abs(x))),
        Resampling.Bicubic => (2, CatmullRom),
        Resampling.Lanczos => (3, Lanczos3),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, null),
    };

    /// <summary>How much of an old sample at distance x the new one, <paramref name="step"/> wide, covers.</summary>
    private static double Overlap(double x, double step) =>
        Math.Max(0, Math.Min(x + 0.5, step / 2) - Math.Max(x - 0.5, -step / 2));

    private static double CatmullRom(double x)
    {
        x = Math.Abs(x);
        return x switch
        {
            < 1 => (((1.5 * x) - 2.5) * x * x) + 1,
            < 2 => ((((-0.5 * x) + 2.5) * x - 4) * x) + 2,
            _ => 0,
        };
    }

    private static double Lanczos3(double x) => Math.Abs(x) < 3 ? Sinc(x) * Sinc(x / 3) : 0;

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
}

namespace AkkaComfy.Emulator.Images.Background;

/// <summary>Otsu's threshold: the value that parts numbers into the two groups that differ most.</summary>
internal static class OtsuThreshold
{
    private const int Bins = 256;

    /// <param name="most">Values above count as this.</param>
    public static float Of(ReadOnlySpan<float> values, float most)
    {
        Span<int> counts = stackalloc int[Bins];
        counts.Clear();
        long weighted = 0;
        foreach (var value in values)
        {
            var bin = (int)(Math.Clamp(value / most, 0, 1) * (Bins - 1));
            counts[bin]++;
            weighted += bin;
        }

        var (best, contrast) = (0, 0.0);
        long below = 0, weightedBelow = 0;
        for (var bin = 0; bin < Bins; bin++)
        {
            below += counts[bin];
            weightedBelow += (long)bin * counts[bin];
            var above = values.Length - below;
            if (below == 0 || above == 0)
            {
                continue;
            }

            var difference = (weightedBelow / (double)below) - ((weighted - weightedBelow) / (double)above);
            if (difference * difference * below * above <= contrast)
            {
                continue;
            }

            (best, contrast) = (bin, difference * difference * below * above);
        }

        return (best + 1) * most / Bins;
    }
}

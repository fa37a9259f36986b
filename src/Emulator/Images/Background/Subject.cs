namespace AkkaComfy.Emulator.Images.Background;

/// <summary>Cleans a mask up: drops what stands aside of the subject, and closes the holes within it.</summary>
internal static class Subject
{
    /// <summary>Parts that weigh less than this, against the heaviest, are dropped.</summary>
    private const double LeastWeight = 0.25;

    /// <param name="mask">1 for subject, 0 for background; changed in place.</param>
    public static void Clean(FloatPlane mask)
    {
        var parts = Parts(mask, level: 1);
        var heaviest = parts.Select(part => part.Weight).DefaultIfEmpty().Max();
        foreach (var part in parts.Where(part => part.Weight < heaviest * LeastWeight))
        {
            part.Pixels.ForEach(pixel => mask.Values[pixel] = 0);
        }

        foreach (var hole in Parts(mask, level: 0).Where(part => !part.AtBorder))
        {
            hole.Pixels.ForEach(pixel => mask.Values[pixel] = 1);
        }
    }

    private static List<Part> Parts(FloatPlane mask, float level)
    {
        var seen = new bool[mask.Values.Length];
        var parts = new List<Part>();
        for (var pixel = 0; pixel < seen.Length; pixel++)
        {
            if (!seen[pixel] && mask.Values[pixel] == level)
            {
                parts.Add(Connected(mask, pixel, seen));
            }
        }

        return parts;
    }

    private static Part Connected(FloatPlane mask, int start, bool[] seen)
    {
        var (width, height) = (mask.Width, mask.Height);
        var pixels = new List<int> { start };
        var (weight, atBorder) = (0.0, false);
        seen[start] = true;
        for (var next = 0; next < pixels.Count; next++)
        {
            var (y, x) = Math.DivRem(pixels[next], width);
            weight += Centrality(x, width) * Centrality(y, height);
            atBorder |= x == 0 || y == 0 || x == width - 1 || y == height - 1;
            if (x > 0)
            {
                Visit(pixels[next] - 1);
            }

            if (x < width - 1)
            {
                Visit(pixels[next] + 1);
            }

            if (y > 0)
            {
                Visit(pixels[next] - width);
            }

            if (y < height - 1)
            {
                Visit(pixels[next] + width);
            }
        }

        return new Part(pixels, weight, atBorder);

        void Visit(int pixel)
        {
            if (seen[pixel] || mask.Values[pixel] != mask.Values[start])
            {
                return;
            }

            seen[pixel] = true;
            pixels.Add(pixel);
        }
    }

    /// <summary>1 in the middle, falling off towards the edges.</summary>
    private static double Centrality(int position, int length)
    {
        var offset = ((position + 0.5) / length) - 0.5;
        return Math.Exp(-offset * offset * 16);
    }

    private sealed record Part(List<int> Pixels, double Weight, bool AtBorder);
}

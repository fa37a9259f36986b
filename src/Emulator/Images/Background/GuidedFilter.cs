namespace AkkaComfy.Emulator.Images.Background;

/// <summary>Smooths a mask so that its edges follow those of a guiding picture: locally, mask = a·guide + b.</summary>
internal static class GuidedFilter
{
    /// <param name="contrast">Changes of the guide well below this do not count as edges.</param>
    public static FloatPlane Apply(FloatPlane mask, FloatPlane guide, int radius, float contrast)
    {
        var meanMask = mask.BoxMean(radius);
        var meanGuide = guide.BoxMean(radius);
        var meanProduct = FloatPlane.Combine(mask, guide, (m, g) => m * g).BoxMean(radius);
        var meanSquare = guide.Select(g => g * g).BoxMean(radius);
        var covariance = FloatPlane.Combine(
            meanProduct, FloatPlane.Combine(meanMask, meanGuide, (m, g) => m * g), (p, mg) => p - mg);
        var variance = FloatPlane.Combine(meanSquare, meanGuide, (s, g) => s - (g * g));
        var slope = FloatPlane.Combine(covariance, variance, (c, v) => c / (v + (contrast * contrast)));
        var offset = FloatPlane.Combine(
            meanMask, FloatPlane.Combine(slope, meanGuide, (a, g) => a * g), (m, ag) => m - ag);
        return FloatPlane.Combine(
            FloatPlane.Combine(slope.BoxMean(radius), guide, (a, g) => a * g), offset.BoxMean(radius), (ag, b) => ag + b);
    }
}

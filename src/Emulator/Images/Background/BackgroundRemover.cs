using System.Numerics;

namespace AkkaComfy.Emulator.Images.Background;

/// <summary>
/// Cuts out the subject of a picture without any model: what can be reached from the border by colour is background.
/// Where nothing stands out, the picture is kept whole.
/// </summary>
public static class BackgroundRemover
{
    /// <summary>The mask is found on a copy no longer than this, so that time does not grow with the picture.</summary>
    private const int WorkingSize = 512;

    private const int NoiseRadius = 1;

    /// <summary>Colour distances in OKLab, lightness 0 to 100: less is never an edge, more always one.</summary>
    private const float LeastEdge = 2.5f;

    private const float MostEdge = 40;

    /// <summary>Rather keep a bit of background than lose a bit of the subject.</summary>
    private const float Caution = 0.75f;

    private const float LeastSubject = 0.005f;
    private const int EdgeRadius = 6;
    private const float EdgeContrast = 5;
    private const int FeatherRadius = 1;

    public static Cutout Remove(Picture picture)
    {
        var mask = Mask(Shrunk(picture.ToRgb()));
        var levels = new Picture(mask.Width, mask.Height, 1);
        for (var i = 0; i < levels.Pixels.Length; i++)
        {
            levels.Pixels[i] = (byte)((mask.Values[i] * 255) + 0.5f);
        }

        var alpha = Resampler.Resize(levels, picture.Width, picture.Height, Resampling.Bilinear);
        return new Cutout(picture.WithAlpha(alpha), alpha);
    }

    private static Picture Shrunk(Picture picture)
    {
        var scale = Math.Min(1, WorkingSize / (double)Math.Max(picture.Width, picture.Height));
        var (width, height) = (picture.Width * scale, picture.Height * scale);
        return Resampler.Resize(picture, Math.Max(1, (int)width), Math.Max(1, (int)height), Resampling.Area);
    }

    private static FloatPlane Mask(Picture picture)
    {
        var lab = LabPicture.Of(picture);
        var smooth = lab.Smooth(NoiseRadius);
        var levels = BackgroundFlood.Levels(smooth, BorderSeeds.Choose(smooth));
        var edge = Math.Max(LeastEdge, OtsuThreshold.Of(levels.Values, MostEdge) * Caution);
        var mask = levels.Select(level => level > edge ? 1 : 0);
        Subject.Clean(mask);
        var share = mask.Values.Average();
        if (share is < LeastSubject or 1)
        {
            return mask.Select(_ => 1);
        }

        var guide = lab.Along(Difference(lab, mask, share));
        return GuidedFilter.Apply(mask, guide, EdgeRadius, EdgeContrast).Select(Harden).BoxMean(FeatherRadius);
    }

    /// <summary>The direction in which the colours of subject and background differ most, on average.</summary>
    private static Vector3 Difference(LabPicture lab, FloatPlane mask, float share)
    {
        var (subject, background) = (Vector3.Zero, Vector3.Zero);
        for (var i = 0; i < lab.Colours.Length; i++)
        {
            subject += lab.Colours[i] * mask.Values[i];
            background += lab.Colours[i] * (1 - mask.Values[i]);
        }

        var difference = (subject / share) - (background / (1 - share));
        return difference == Vector3.Zero ? Vector3.UnitX : Vector3.Normalize(difference);
    }

    /// <summary>The filter spreads edges widely; most of that is taken back, a soft rim stays.</summary>
    private static float Harden(float alpha) => Math.Clamp((alpha - 0.2f) / 0.6f, 0, 1);
}

using System.Numerics;

namespace AkkaComfy.Emulator.Images.Background;

/// <summary>A picture in OKLab, where distances are about as large as they look; lightness runs from 0 to 100.</summary>
internal sealed class LabPicture
{
    private static readonly float[] Linear = [.. Enumerable.Range(0, 256).Select(level => ToLinear(level / 255f))];

    private LabPicture(int width, int height, Vector3[] colours) => (Width, Height, Colours) = (width, height, colours);

    public int Width { get; }

    public int Height { get; }

    public Vector3[] Colours { get; }

    public static LabPicture Of(Picture rgb)
    {
        var colours = new Vector3[rgb.Width * rgb.Height];
        for (var i = 0; i < colours.Length; i++)
        {
            var pixel = rgb.Pixels.AsSpan(i * 3, 3);
            colours[i] = ToLab(Linear[pixel[0]], Linear[pixel[1]], Linear[pixel[2]]);
        }

        return new LabPicture(rgb.Width, rgb.Height, colours);
    }

    /// <summary>How far each colour lies along the direction given.</summary>
    public FloatPlane Along(Vector3 direction)
    {
        var plane = new FloatPlane(Width, Height);
        for (var i = 0; i < Colours.Length; i++)
        {
            plane.Values[i] = Vector3.Dot(Colours[i], direction);
        }

        return plane;
    }

    /// <summary>Noise calmed: each pixel the mean of those around it.</summary>
    public LabPicture Smooth(int radius)
    {
        var lightness = Along(Vector3.UnitX).BoxMean(radius).Values;
        var greenRed = Along(Vector3.UnitY).BoxMean(radius).Values;
        var blueYellow = Along(Vector3.UnitZ).BoxMean(radius).Values;
        var colours = new Vector3[Colours.Length];
        for (var i = 0; i < colours.Length; i++)
        {
            colours[i] = new Vector3(lightness[i], greenRed[i], blueYellow[i]);
        }

        return new LabPicture(Width, Height, colours);
    }

    /// <summary>How much neighbouring pixels differ around each pixel, on average.</summary>
    public FloatPlane Texture(int radius)
    {
        var steps = new FloatPlane(Width, Height);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var here = (y * Width) + x;
                var right = x + 1 < Width ? Vector3.Distance(Colours[here], Colours[here + 1]) : 0;
                var below = y + 1 < Height ? Vector3.Distance(Colours[here], Colours[here + Width]) : 0;
                steps.Values[here] = Math.Max(right, below);
            }
        }

        return steps.BoxMean(radius);
    }

    private static float ToLinear(float level) =>
        level <= 0.04045f ? level / 12.92f : MathF.Pow((level + 0.055f) / 1.055f, 2.4f);

    private static Vector3 ToLab(float r, float g, float b)
    {
        var l = MathF.Cbrt((0.4122214708f * r) + (0.5363325363f * g) + (0.0514459929f * b));
        var m = MathF.Cbrt((0.2119034982f * r) + (0.6806995451f * g) + (0.1073969566f * b));
        var s = MathF.Cbrt((0.0883024619f * r) + (0.2817188376f * g) + (0.6299787005f * b));
        return 100 * new Vector3(
            (0.2104542553f * l) + (0.7936177850f * m) - (0.0040720468f * s),
            (1.9779984951f * l) - (2.4285922050f * m) + (0.4505937099f * s),
            (0.0259040371f * l) + (0.7827717662f * m) - (0.8086757660f * s));
    }
}

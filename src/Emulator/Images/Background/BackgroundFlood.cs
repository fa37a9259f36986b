using System.Numerics;

namespace AkkaComfy.Emulator.Images.Background;

/// <summary>
/// Floods a picture from seeds and tells how high the water must rise to reach each pixel. There are two ways in, and
/// the easier one counts: colours that stay within a range (textured wood), however they jump, and colours that
/// change slowly (a sky), however far they drift in the end.
/// </summary>
internal sealed class BackgroundFlood
{
    /// <summary>There and back, twice: each sweep carries the water in two of the four directions.</summary>
    private const int Sweeps = 4;

    /// <summary>Colour steps below this are noise and raise nothing.</summary>
    private const float FreeStep = 0.6f;

    private readonly LabPicture _lab;
    private readonly Vector3[] _highest;
    private readonly Vector3[] _lowest;
    private readonly float[] _range;
    private readonly float[] _drift;

    private BackgroundFlood(LabPicture lab, IEnumerable<int> seeds)
    {
        _lab = lab;
        _highest = [.. lab.Colours];
        _lowest = [.. lab.Colours];
        _range = new float[lab.Colours.Length];
        _drift = new float[lab.Colours.Length];
        Array.Fill(_range, float.PositiveInfinity);
        Array.Fill(_drift, float.PositiveInfinity);
        foreach (var seed in seeds)
        {
            (_range[seed], _drift[seed]) = (0, 0);
        }
    }

    /// <param name="seeds">At least one pixel, by index.</param>
    public static FloatPlane Levels(LabPicture lab, IEnumerable<int> seeds)
    {
        var flood = new BackgroundFlood(lab, seeds);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            flood.Sweep(forward: sweep % 2 == 0);
        }

        var levels = new FloatPlane(lab.Width, lab.Height);
        for (var i = 0; i < levels.Values.Length; i++)
        {
            levels.Values[i] = Math.Min(flood._range[i], flood._drift[i]);
        }

        return levels;
    }

    private void Sweep(bool forward)
    {
        var (width, height) = (_lab.Width, _lab.Height);
        var back = forward ? -1 : 1;
        for (var j = 0; j < height; j++)
        {
            var y = forward ? j : height - 1 - j;
            var hasRow = y + back >= 0 && y + back < height;
            for (var i = 0; i < width; i++)
            {
                var x = forward ? i : width - 1 - i;
                var here = (y * width) + x;
                if (x + back >= 0 && x + back < width)
                {
                    Flow(here + back, here);
                }

                if (hasRow)
                {
                    Flow(here + (back * width), here);
                }
            }
        }
    }

    private void Flow(int from, int to)
    {
        var colour = _lab.Colours[to];
        var drift = _drift[from] + Math.Max(0, Vector3.Distance(_lab.Colours[from], colour) - FreeStep);
        _drift[to] = Math.Min(_drift[to], drift);
        if (float.IsInfinity(_range[from]))
        {
            return;
        }

        var (highest, lowest) = (Vector3.Max(_highest[from], colour), Vector3.Min(_lowest[from], colour));
        var range = Vector3.Distance(highest, lowest);
        if (range < _range[to])
        {
            (_range[to], _highest[to], _lowest[to]) = (range, highest, lowest);
        }
    }
}

using System.Numerics;

namespace AkkaComfy.Emulator.Images.Background;

/// <summary>Chooses the pixels along the border that are background: most are, but subjects get cut by the frame too.</summary>
internal sealed class BorderSeeds
{
    /// <summary>Colours nearer than this look alike.</summary>
    private const float Alike = 5;

    /// <summary>A colour that covers this share of the middle belongs to the subject, if it is textured…</summary>
    private const float CommonInMiddle = 0.1f;

    /// <summary>…that is, rougher than this: skies, walls and blur are smooth, and lie behind the middle as well.</summary>
    private const float Textured = 0.5f;

    /// <summary>Subjects stand on the bottom edge: it counts where this share of the other edges looks like it.</summary>
    private const float CommonElsewhere = 0.03f;

    private const int TextureRadius = 6;
    private const int MiddleStep = 4;

    /// <summary>A pixel follows the majority of this many neighbours to either side.</summary>
    private const int Neighbours = 16;

    private readonly LabPicture _lab;
    private readonly int[] _ring;

    private BorderSeeds(LabPicture lab) => (_lab, _ring) = (lab, [.. Ring(lab.Width, lab.Height)]);

    /// <summary>Never empty: when every pixel of the border looks like subject, all of it is chosen.</summary>
    public static IReadOnlyList<int> Choose(LabPicture lab)
    {
        var border = new BorderSeeds(lab);
        var chosen = border.Smooth(border.UnlikeTheMiddle());
        chosen = border.Smooth(border.WithoutStandingSubject(chosen));
        var seeds = border._ring.Where((_, i) => chosen[i]).ToList();
        return seeds.Count > 0 ? seeds : border._ring;
    }

    /// <summary>The border's pixels, once around.</summary>
    private static IEnumerable<int> Ring(int width, int height)
    {
        if (width == 1 || height == 1)
        {
            return Enumerable.Range(0, width * height);
        }

        var last = width * height - 1;
        var top = Enumerable.Range(0, width);
        var right = Enumerable.Range(1, height - 2).Select(y => (y * width) + width - 1);
        var bottom = top.Select(x => last - x);
        var left = Enumerable.Range(1, height - 2).Select(y => (height - 1 - y) * width);
        return top.Concat(right).Concat(bottom).Concat(left);
    }

    private bool[] UnlikeTheMiddle()
    {
        var texture = _lab.Texture(TextureRadius);
        var middle = Middle();
        return Array.ConvertAll(
            _ring, pixel => texture.Values[pixel] < Textured || ShareAlike(middle, pixel) < CommonInMiddle);
    }

    private bool[] WithoutStandingSubject(bool[] chosen)
    {
        var bottom = (_lab.Height - 1) * _lab.Width;
        var elsewhere = _ring.Where((pixel, i) => chosen[i] && pixel < bottom)
            .Select(pixel => _lab.Colours[pixel]).ToArray();
        return [.. _ring.Select((pixel, i) =>
            chosen[i] && (pixel < bottom || ShareAlike(elsewhere, pixel) > CommonElsewhere))];
    }

    /// <summary>Colours from the ellipse in the middle that most subjects cover.</summary>
    private Vector3[] Middle()
    {
        var colours = new List<Vector3>();
        for (var y = 0; y < _lab.Height; y += MiddleStep)
        {
            for (var x = 0; x < _lab.Width; x += MiddleStep)
            {
                var offset = new Vector2((x + 0.5f) / _lab.Width, (y + 0.5f) / _lab.Height) - new Vector2(0.5f);
                if (offset.Length() < 0.3f)
                {
                    colours.Add(_lab.Colours[(y * _lab.Width) + x]);
                }
            }
        }

        return [.. colours];
    }

    private float ShareAlike(Vector3[] colours, int pixel)
    {
        var colour = _lab.Colours[pixel];
        var alike = 0;
        foreach (var other in colours)
        {
            if (Vector3.DistanceSquared(other, colour) < Alike * Alike)
            {
                alike++;
            }
        }

        return colours.Length == 0 ? 0 : alike / (float)colours.Length;
    }

    private bool[] Smooth(bool[] chosen)
    {
        var smooth = new bool[chosen.Length];
        for (var i = 0; i < chosen.Length; i++)
        {
            var votes = 0;
            for (var k = -Neighbours; k <= Neighbours; k++)
            {
                votes += chosen[(((i + k) % chosen.Length) + chosen.Length) % chosen.Length] ? 1 : -1;
            }

            smooth[i] = votes > 0;
        }

        return smooth;
    }
}

using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace AkkaComfy.Emulator.Images.Paintings;

/// <summary>
/// A picture that a recipe decides, any words at all: waves over each other in three colours. The same recipe is always
/// the same picture; nothing in it is understood.
/// </summary>
public sealed class Painting
{
    private const int Waves = 5;

    private readonly string _digest;
    private readonly Wave[] _waves;
    private readonly Vector3[] _colours;
    private readonly uint _grain;

    private Painting(byte[] digest)
    {
        _digest = Convert.ToHexString(digest);
        var numbers = new Queue<byte>(digest);
        _waves = [.. Enumerable.Range(0, Waves).Select(_ => new Wave(
            (numbers.Dequeue() - 128) / 48.0,
            (numbers.Dequeue() - 128) / 48.0,
            numbers.Dequeue() / 256.0,
            Turns(numbers.Dequeue())))];
        _colours = [.. Enumerable.Range(0, 3).Select(_ => new Vector3(
            numbers.Dequeue(), numbers.Dequeue(), numbers.Dequeue()))];
        _grain = numbers.Dequeue() * 0x9E3779B1u;
    }

    public static Painting Of(IEnumerable<string> recipe) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', recipe))));

    public Picture Paint(int width, int height, Moment at, CancellationToken cancellationToken = default)
    {
        var picture = new Picture(width, height, 3);
        var longer = (double)Math.Max(width, height);
        var columns = Array.ConvertAll(_waves, wave =>
            Wave.Course(width, wave.Across / longer, wave.Start + (at.Phase * wave.Turns)));
        var rows = Array.ConvertAll(_waves, wave => Wave.Course(height, wave.Down / longer, start: 0));
        var heights = new float[width];
        for (var y = 0; y < height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Array.Clear(heights);
            for (var wave = 0; wave < Waves; wave++)
            {
                Add(columns[wave], rows[wave].Sines[y], rows[wave].Cosines[y], heights);
            }

            Colour(heights, y, (float)at.Clarity, picture.Row(y));
        }

        return picture;
    }

    /// <summary>Names it: two are the same if these are.</summary>
    public override string ToString() => _digest;

    /// <summary>Once or twice, either way round; a wave that stood still would not be seen to move.</summary>
    private static int Turns(byte number) => ((number & 1) + 1) * ((number & 2) - 1);

    private static void Add((float[] Sines, float[] Cosines) across, float sine, float cosine, float[] heights)
    {
        for (var x = 0; x < heights.Length; x++)
        {
            heights[x] += (across.Sines[x] * cosine) + (across.Cosines[x] * sine);
        }
    }

    private void Colour(ReadOnlySpan<float> heights, int y, float clarity, Span<byte> row)
    {
        for (var x = 0; x < heights.Length; x++)
        {
            var place = Math.Clamp(1 + (heights[x] / 2), 0, 2);
            var colour = place < 1
                ? Vector3.Lerp(_colours[0], _colours[1], place)
                : Vector3.Lerp(_colours[1], _colours[2], place - 1);
            if (clarity < 1)
            {
                colour = Vector3.Lerp(Noise(x, y), colour, clarity);
            }

            (row[3 * x], row[(3 * x) + 1], row[(3 * x) + 2]) = ((byte)colour.X, (byte)colour.Y, (byte)colour.Z);
        }
    }

    private Vector3 Noise(int x, int y)
    {
        var hash = unchecked(((uint)x * 0x85EBCA6Bu) ^ ((uint)y * 0xC2B2AE35u) ^ _grain);
        hash = unchecked((hash ^ (hash >> 15)) * 0x2C1B3C6Du);
        hash ^= hash >> 13;
        return new Vector3(hash & 255, (hash >> 8) & 255, (hash >> 16) & 255);
    }
}

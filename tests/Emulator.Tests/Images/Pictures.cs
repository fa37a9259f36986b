using AkkaComfy.Emulator.Images;

namespace AkkaComfy.Emulator.Tests.Images;

/// <summary>Pictures to test with, and how to compare them.</summary>
internal static class Pictures
{
    public static Picture Noise(Random random, int width, int height, int channels)
    {
        var picture = new Picture(width, height, channels);
        random.NextBytes(picture.Pixels);
        return picture;
    }

    /// <summary>Slow waves in every channel, as photographs mostly are.</summary>
    public static Picture Smooth(int width, int height, int channels)
    {
        var picture = new Picture(width, height, channels);
        for (var i = 0; i < picture.Pixels.Length; i++)
        {
            var (x, y, c) = (i / channels % width, i / channels / width, i % channels);
            picture.Pixels[i] = (byte)(128 + (60 * Math.Sin((x + (7 * c)) / 9.0)) + (60 * Math.Cos((y - (5 * c)) / 11.0)));
        }

        return picture;
    }

    public static Picture Plain(int width, int height, params byte[] colour)
    {
        var picture = new Picture(width, height, colour.Length);
        for (var i = 0; i < picture.Pixels.Length; i++)
        {
            picture.Pixels[i] = colour[i % colour.Length];
        }

        return picture;
    }

    public static Picture Rgba(Picture picture) => picture.HasAlpha ? picture : picture.WithAlpha(picture.Alpha());

    public static void Same(Picture expected, Picture actual)
    {
        Assert.Equal((expected.Width, expected.Height, expected.Channels), (actual.Width, actual.Height, actual.Channels));
        Assert.Equal(expected.Pixels, actual.Pixels);
    }

    public static void Close(Picture expected, Picture actual, int maxError, double meanError)
    {
        Assert.Equal((expected.Width, expected.Height, expected.Channels), (actual.Width, actual.Height, actual.Channels));
        var errors = expected.Pixels.Zip(actual.Pixels, (a, b) => Math.Abs(a - b)).ToArray();
        Assert.InRange(errors.Max(), 0, maxError);
        Assert.InRange(errors.Average(), 0, meanError);
    }
}

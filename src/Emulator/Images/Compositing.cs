namespace AkkaComfy.Emulator.Images;

/// <summary>Puts pictures together; each answers a new one.</summary>
public static class Compositing
{
    /// <summary>One channel as a grey picture.</summary>
    public static Picture Channel(this Picture picture, int channel)
    {
        var grey = new Picture(picture.Width, picture.Height, 1);
        for (var i = 0; i < grey.Pixels.Length; i++)
        {
            grey.Pixels[i] = picture.Pixels[(i * picture.Channels) + channel];
        }

        return grey;
    }

    /// <summary>In the size of another, its middle where the shapes differ.</summary>
    public static Picture FittedTo(this Picture picture, Picture other, Resampling method) =>
        (picture.Width, picture.Height) == (other.Width, other.Height)
            ? picture
            : Resampler.Resize(picture.CropToShape(other.Width, other.Height), other.Width, other.Height, method);

    /// <summary>With alpha if another has it, opaque where it is new.</summary>
    public static Picture WithChannelsOf(this Picture picture, Picture other) => (picture.HasAlpha, other.HasAlpha) switch
    {
        (true, false) => picture.ToRgb(),
        (false, true) => picture.WithAlpha(picture.Alpha()),
        _ => picture,
    };

    /// <summary>With another of the same channels laid over it from a place on; what lies beyond the edge is lost.</summary>
    /// <param name="mask">Grey, of the other's size: 255 shows it, 0 does not; without one all of it is seen.</param>
    public static Picture Covered(this Picture below, Picture above, Picture? mask, int left, int top)
    {
        var result = new Picture(below.Width, below.Height, below.Channels, [.. below.Pixels]);
        var width = Math.Min(above.Width, below.Width - left);
        var height = Math.Min(above.Height, below.Height - top);
        for (var y = 0; y < height && width > 0; y++)
        {
            var target = result.Row(top + y).Slice(left * below.Channels, width * below.Channels);
            var source = above.Row(y)[..target.Length];
            if (mask is null)
            {
                source.CopyTo(target);
            }
            else
            {
                Mix(target, source, mask.Row(y), below.Channels);
            }
        }

        return result;
    }

    private static void Mix(Span<byte> target, ReadOnlySpan<byte> source, ReadOnlySpan<byte> mask, int channels)
    {
        for (var i = 0; i < target.Length; i++)
        {
            var share = mask[i / channels];
            target[i] = (byte)(((source[i] * share) + (target[i] * (255 - share)) + 127) / 255);
        }
    }
}

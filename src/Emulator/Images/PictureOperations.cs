namespace AkkaComfy.Emulator.Images;

/// <summary>The small things nodes do with pictures; each answers a new one.</summary>
public static class PictureOperations
{
    /// <param name="rgb">As ComfyUI's EmptyImage counts colours: 0xRRGGBB.</param>
    public static Picture Solid(int width, int height, int rgb)
    {
        var picture = new Picture(width, height, 3);
        ReadOnlySpan<byte> colour = [(byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb];
        var first = picture.Row(0);
        for (var x = 0; x < first.Length; x += 3)
        {
            colour.CopyTo(first[x..]);
        }

        for (var y = 1; y < height; y++)
        {
            first.CopyTo(picture.Row(y));
        }

        return picture;
    }

    /// <summary>Every channel, alpha included, as ComfyUI's ImageInvert does.</summary>
    public static Picture Invert(this Picture picture) =>
        new(picture.Width, picture.Height, picture.Channels, Array.ConvertAll(picture.Pixels, level => (byte)~level));

    /// <summary>Three channels: grey is repeated, alpha is dropped and the colours under it stay.</summary>
    public static Picture ToRgb(this Picture picture)
    {
        if (picture.Channels == 3)
        {
            return picture;
        }

        var rgb = new Picture(picture.Width, picture.Height, 3);
        var source = picture.Pixels.AsSpan();
        var target = rgb.Pixels.AsSpan();
        for (var (from, to) = (0, 0); to < target.Length; from += picture.Channels, to += 3)
        {
            if (picture.Channels == 1)
            {
                target.Slice(to, 3).Fill(source[from]);
            }
            else
            {
                source.Slice(from, 3).CopyTo(target[to..]);
            }
        }

        return rgb;
    }

    /// <summary>Alpha as a grey picture; fully opaque where there is none.</summary>
    public static Picture Alpha(this Picture picture)
    {
        var alpha = new Picture(picture.Width, picture.Height, 1);
        if (!picture.HasAlpha)
        {
            alpha.Pixels.AsSpan().Fill(255);
        }

        for (var i = 0; picture.HasAlpha && i < alpha.Pixels.Length; i++)
        {
            alpha.Pixels[i] = picture.Pixels[(i * 4) + 3];
        }

        return alpha;
    }

    /// <summary>Four channels, with <paramref name="alpha"/> (a grey picture of the same size) as the last.</summary>
    public static Picture WithAlpha(this Picture picture, Picture alpha)
    {
        if (alpha.Channels != 1 || alpha.Width != picture.Width || alpha.Height != picture.Height)
        {
            throw new ArgumentException("alpha must be a grey picture of the same size", nameof(alpha));
        }

        var rgb = picture.ToRgb();
        var rgba = new Picture(picture.Width, picture.Height, 4);
        for (var i = 0; i < alpha.Pixels.Length; i++)
        {
            rgb.Pixels.AsSpan(i * 3, 3).CopyTo(rgba.Pixels.AsSpan(i * 4));
            rgba.Pixels[(i * 4) + 3] = alpha.Pixels[i];
        }

        return rgba;
    }

    /// <summary>The middle of the picture in the shape of <paramref name="width"/>×<paramref name="height"/>.</summary>
    public static Picture CropToShape(this Picture picture, int width, int height)
    {
        var (oldShape, newShape) = ((double)picture.Width / picture.Height, (double)width / height);
        var (left, top) = (0, 0);
        if (oldShape > newShape)
        {
            left = (int)Math.Round((picture.Width - (picture.Width * (newShape / oldShape))) / 2);
        }
        else if (oldShape < newShape)
        {
            top = (int)Math.Round((picture.Height - (picture.Height * (oldShape / newShape))) / 2);
        }
        // A sliver keeps at least its middle line.
        left = Math.Min(left, (picture.Width - 1) / 2);
        top = Math.Min(top, (picture.Height - 1) / 2);
        return picture.Crop(left, top, picture.Width - (2 * left), picture.Height - (2 * top));
    }

    public static Picture Crop(this Picture picture, int left, int top, int width, int height)
    {
        if (left < 0 || top < 0 || left + (long)width > picture.Width || top + (long)height > picture.Height)
        {
            throw new ArgumentOutOfRangeException(
                nameof(width), $"{width}×{height} at {left},{top} is not within {picture.Width}×{picture.Height}.");
        }

        var cropped = new Picture(width, height, picture.Channels);
        for (var y = 0; y < height; y++)
        {
            picture.Row(top + y).Slice(left * picture.Channels, cropped.Stride).CopyTo(cropped.Row(y));
        }

        return cropped;
    }
}

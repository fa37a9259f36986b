namespace AkkaComfy.Emulator.Images;

/// <summary>Turns and mirrors pictures.</summary>
public static class Turning
{
    public static Picture Turned(this Picture picture, Orientation orientation)
    {
        if (orientation == Orientation.Upright)
        {
            return picture;
        }

        var (width, height) = orientation >= Orientation.Transpose
            ? (picture.Height, picture.Width)
            : (picture.Width, picture.Height);
        var turned = new Picture(width, height, picture.Channels);
        var (start, right, down) = Path(picture, orientation);
        for (var y = 0; y < height; y++)
        {
            var from = start + (y * down);
            var row = turned.Row(y);
            for (var to = 0; to < row.Length; to += picture.Channels, from += right)
            {
                picture.Pixels.AsSpan(from, picture.Channels).CopyTo(row[to..]);
            }
        }

        return turned;
    }

    /// <summary>Where the target's first pixel lies in the source, and how far on its neighbours are, in bytes.</summary>
    private static (int Start, int Right, int Down) Path(Picture picture, Orientation orientation)
    {
        var (pixel, row) = (picture.Channels, picture.Stride);
        var lastInRow = row - pixel;
        var lastRow = picture.Pixels.Length - row;
        return orientation switch
        {
            Orientation.MirrorAcross => (lastInRow, -pixel, row),
            Orientation.HalfTurn => (lastRow + lastInRow, -pixel, -row),
            Orientation.MirrorDown => (lastRow, pixel, -row),
            Orientation.Transpose => (0, row, pixel),
            Orientation.QuarterTurn => (lastRow, -row, pixel),
            Orientation.Transverse => (lastRow + lastInRow, -row, -pixel),
            Orientation.QuarterTurnBack => (lastInRow, row, -pixel),
            _ => throw new ArgumentOutOfRangeException(nameof(orientation), orientation, "No such orientation."),
        };
    }
}

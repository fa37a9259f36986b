namespace AkkaComfy.Emulator.Images;

/// <summary>Changes the size of pictures; edges are repeated outward and alpha weighs colours.</summary>
public static class Resampler
{
    /// <summary>As ComfyUI upscales with a model: tiles of 512 source pixels that overlap by 32.</summary>
    private const int Tile = 512;

    private const int TileStep = Tile - 32;

    public static Picture Resize(Picture source, int width, int height, Resampling method)
    {
        var target = new Picture(width, height, source.Channels);
        if (width == source.Width && height == source.Height)
        {
            source.Pixels.CopyTo(target.Pixels, 0);
            return target;
        }

        var across = ResamplingWeights.Create(method, source.Width, width);
        var down = ResamplingWeights.Create(method, source.Height, height);
        new ResamplingPass(source, target, across, down).Render(0..width, 0..height, CancellationToken.None);
        return target;
    }

    /// <summary>Enlarges tile by tile, without seams.</summary>
    /// <param name="onTile">Told the tiles done and the tiles in all, after each.</param>
    public static Picture Upscale(
        Picture source, int factor, Action<int, int>? onTile = null, CancellationToken cancellationToken = default)
    {
        var target = new Picture(source.Width * factor, source.Height * factor, source.Channels);
        var across = ResamplingWeights.Create(Resampling.Lanczos, source.Width, target.Width);
        var down = ResamplingWeights.Create(Resampling.Lanczos, source.Height, target.Height);
        var pass = new ResamplingPass(source, target, across, down);
        var (columns, rows) = (TilesAlong(source.Width), TilesAlong(source.Height));
        for (var tile = 0; tile < rows * columns; tile++)
        {
            var columnRange = TileRange(tile % columns, columns, source.Width, factor);
            var rowRange = TileRange(tile / columns, rows, source.Height, factor);
            pass.Render(columnRange, rowRange, cancellationToken);
            onTile?.Invoke(tile + 1, rows * columns);
        }

        return target;
    }

    /// <summary>How many tiles an upscale reports.</summary>
    public static int UpscaleTiles(int width, int height) => TilesAlong(width) * TilesAlong(height);

    private static int TilesAlong(int length) =>
        length <= Tile ? 1 : (length - (Tile - TileStep) + TileStep - 1) / TileStep;

    private static Range TileRange(int index, int count, int length, int factor)
    {
        var end = index == count - 1 ? length : (index + 1) * TileStep;
        return (index * TileStep * factor)..(end * factor);
    }
}

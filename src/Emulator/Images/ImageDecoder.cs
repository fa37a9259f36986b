using AkkaComfy.Emulator.Images.Jpeg;
using AkkaComfy.Emulator.Images.Png;

namespace AkkaComfy.Emulator.Images;

/// <summary>Decodes whatever image formats are read here, chosen by signature.</summary>
public static class ImageDecoder
{
    /// <summary>The picture as it is meant to be seen: turned as EXIF says.</summary>
    /// <inheritdoc cref="Open"/>
    public static Picture Decode(ReadOnlyMemory<byte> file, long maxPixels = Picture.MaxPixels) =>
        Open(file, maxPixels).Upright().Picture;

    /// <exception cref="UnsupportedImageException">Not an image, or one of a kind or size not read here.</exception>
    /// <exception cref="CorruptImageException">An image that is damaged or ends too early.</exception>
    public static DecodedImage Open(ReadOnlyMemory<byte> file, long maxPixels = Picture.MaxPixels) =>
        ImageSignature.Of(file.Span) switch
        {
            ImageFormat.Png => PngReader.Open(file, maxPixels),
            ImageFormat.Jpeg => JpegReader.Open(file.Span, maxPixels),
            ImageFormat.Unknown => throw new UnsupportedImageException(file.IsEmpty
                ? "cannot identify image file: it is empty"
                : "cannot identify image file: it starts like neither a PNG nor a JPEG"),
            var other => throw new UnsupportedImageException(
                $"{other} images are not supported: only PNG and JPEG are read here"),
        };

    internal static void CheckSize(int width, int height, long maxPixels)
    {
        var limit = Math.Min(maxPixels, Picture.MaxPixels);
        if ((long)width * height > limit)
        {
            throw new UnsupportedImageException($"the image is {width}×{height}; at most {limit} pixels are read here");
        }
    }
}

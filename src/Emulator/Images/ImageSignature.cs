using AkkaComfy.Emulator.Images.Png;

namespace AkkaComfy.Emulator.Images;

/// <summary>Tells image formats apart by their signatures; names and extensions do not count.</summary>
public static class ImageSignature
{
    public static ImageFormat Of(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith(PngSignature.Bytes))
        {
            return ImageFormat.Png;
        }

        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return ImageFormat.Jpeg;
        }

        if (file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8))
        {
            return ImageFormat.WebP;
        }

        if (file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8))
        {
            return ImageFormat.Gif;
        }

        if (file.Length >= 26 && file.StartsWith("BM"u8))
        {
            return ImageFormat.Bmp;
        }

        if (file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8))
        {
            return ImageFormat.Tiff;
        }

        return ImageFormat.Unknown;
    }
}

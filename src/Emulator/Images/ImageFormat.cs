namespace AkkaComfy.Emulator.Images;

/// <summary>What a file's first bytes say it is.</summary>
public enum ImageFormat
{
    Unknown,
    Png,
    Jpeg,
    WebP,
    Gif,
    Bmp,
    Tiff,
}

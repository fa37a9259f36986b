namespace AkkaComfy.Host.Settings;

/// <summary>How large an upload and an image in it may be.</summary>
public sealed record UploadLimits
{
    /// <summary>All parts of one request together, in units of 1,048,576 bytes.</summary>
    public int MaxMegabytes { get; init; } = 50;

    /// <summary>Width times height, in millions.</summary>
    public int MaxMegapixels { get; init; } = 100;

    /// <summary>Width and height each, in pixels.</summary>
    public int MaxSide { get; init; } = 32_767;

    public long MaxBytes => MaxMegabytes * 1_048_576L;

    public long MaxPixels => MaxMegapixels * 1_000_000L;
}

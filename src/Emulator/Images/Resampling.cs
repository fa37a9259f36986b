namespace AkkaComfy.Emulator.Images;

/// <summary>How new pixels are weighed from old ones.</summary>
public enum Resampling
{
    NearestExact,
    Bilinear,
    Area,

    /// <summary>Catmull-Rom.</summary>
    Bicubic,

    /// <summary>Three lobes.</summary>
    Lanczos,
}

namespace AkkaComfy.Emulator.Images;

/// <summary>The names ComfyUI's nodes give the methods in <c>upscale_method</c>.</summary>
public static class ResamplingNames
{
    /// <summary>In the order ComfyUI lists them.</summary>
    public static IReadOnlyList<string> All { get; } = ["nearest-exact", "bilinear", "area", "bicubic", "lanczos"];

    public static Resampling Parse(string name) => name switch
    {
        "nearest-exact" => Resampling.NearestExact,
        "bilinear" => Resampling.Bilinear,
        "area" => Resampling.Area,
        "bicubic" => Resampling.Bicubic,
        "lanczos" => Resampling.Lanczos,
        _ => throw new ArgumentException($"'{name}' is not in [{string.Join(", ", All)}]", nameof(name)),
    };
}

using System.Collections.Frozen;

namespace AkkaComfy.Core.Workflows;

/// <summary>The node classes that take an image, and how each wants it.</summary>
internal static class ImageLoaders
{
    /// <summary>All of them take it in the input of this name.</summary>
    public const string Input = "image";

    private static readonly FrozenDictionary<string, (ImagePlacement Placement, InputType Type)> ByClass =
        new Dictionary<string, (ImagePlacement, InputType)>(StringComparer.Ordinal)
        {
            ["ETN_LoadImageBase64"] = (ImagePlacement.Base64, InputType.Image),
            ["ETN_LoadMaskBase64"] = (ImagePlacement.Base64, InputType.Mask),
            ["LoadImage"] = (ImagePlacement.Upload, InputType.Image),
            ["LoadImageMask"] = (ImagePlacement.Upload, InputType.Mask),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string Names => string.Join(", ", ByClass.Keys.Order(StringComparer.Ordinal));

    public static ImagePlacement? PlacementOf(string classType) =>
        ByClass.TryGetValue(classType, out var loader) ? loader.Placement : null;

    public static InputType? TypeOf(string classType) =>
        ByClass.TryGetValue(classType, out var loader) ? loader.Type : null;
}

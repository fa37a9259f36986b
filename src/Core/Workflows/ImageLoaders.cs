using System.Collections.Frozen;

namespace AkkaComfy.Core.Workflows;

/// <summary>A node class that takes an image: in which input, how, and what for.</summary>
internal sealed record ImageLoader(string ClassType, string Input, ImagePlacement Placement, InputType Type);

/// <summary>The node classes that take an image.</summary>
internal static class ImageLoaders
{
    private static readonly FrozenDictionary<string, ImageLoader> ByClass = new ImageLoader[]
    {
        new("ETN_LoadImageBase64", "image", ImagePlacement.Base64, InputType.Image),
        new("ETN_LoadMaskBase64", "mask", ImagePlacement.Base64, InputType.Mask),
        new("LoadImage", "image", ImagePlacement.Upload, InputType.Image),
        new("LoadImageMask", "image", ImagePlacement.Upload, InputType.Mask),
    }.ToFrozenDictionary(loader => loader.ClassType, StringComparer.Ordinal);

    public static string Names => string.Join(", ", ByClass.Keys.Order(StringComparer.Ordinal));

    /// <summary>Where an image can go, as a manifest's <c>bind</c> puts it but for the node's id.</summary>
    public static string Inputs => string.Join(", ", ByClass.Values
        .OrderBy(loader => loader.ClassType, StringComparer.Ordinal)
        .Select(loader => $"'{loader.Input}' of {loader.ClassType}"));

    public static ImageLoader? Of(string classType) => ByClass.GetValueOrDefault(classType);
}

using AkkaComfy.Emulator.Images;

namespace AkkaComfy.Emulator.Nodes.Masks;

/// <summary>Masks as ComfyUI makes them: 255 where something is to happen, 0 where not.</summary>
internal static class MaskPictures
{
    private const int Side = 64;

    /// <summary>What loaders give of a file that has no mask.</summary>
    public static Picture None => new(Side, Side, 1);
}

namespace AkkaComfy.Emulator.Images;

/// <summary>What a file holds: its picture as stored, how that must be turned, and whence its transparency.</summary>
public sealed record DecodedImage(Picture Picture, Orientation Orientation, AlphaOrigin Alpha = AlphaOrigin.None)
{
    /// <summary>As it is meant to be seen.</summary>
    public DecodedImage Upright() =>
        this with { Picture = Picture.Turned(Orientation), Orientation = Orientation.Upright };
}

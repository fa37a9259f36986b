namespace AkkaComfy.Emulator.Images.Background;

/// <summary>A subject without its background: the picture as RGBA, and its alpha alone as a grey mask.</summary>
public sealed record Cutout(Picture Image, Picture Mask);

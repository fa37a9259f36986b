namespace AkkaComfy.Emulator.Images;

/// <summary>What makes a file's pixels transparent: programs do not treat all of it as a mask.</summary>
public enum AlphaOrigin
{
    None,
    Channel,
    Palette,

    /// <summary>One grey or colour that stands for nothing.</summary>
    Key,
}

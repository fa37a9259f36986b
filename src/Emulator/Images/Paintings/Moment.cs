namespace AkkaComfy.Emulator.Images.Paintings;

/// <summary>At which point of its movement and of its making a painting is looked at.</summary>
/// <param name="Phase">0 to 1, where all begins again.</param>
/// <param name="Clarity">0 is noise, 1 the finished picture.</param>
public sealed record Moment(double Phase = 0, double Clarity = 1);

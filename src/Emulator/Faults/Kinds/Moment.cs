namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>Whether a fault strikes before the request has had its effect, or after.</summary>
public enum Moment
{
    Before,
    After,
}

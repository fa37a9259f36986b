namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>A finished prompt's history entry never appears.</summary>
public sealed record HistoryMissing : HistoryFault
{
    internal override TimeSpan? Delay => null;
}

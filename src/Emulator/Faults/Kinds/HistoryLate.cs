using System.ComponentModel.DataAnnotations;

namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>A finished prompt's history entry appears a while after the messages that say it has finished.</summary>
public sealed record HistoryLate : HistoryFault
{
    [Range(0, 3_600_000)]
    public int DelayMs { get; init; } = 500;

    internal override TimeSpan? Delay => TimeSpan.FromMilliseconds(DelayMs);
}

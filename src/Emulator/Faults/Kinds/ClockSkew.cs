using System.ComponentModel.DataAnnotations;

namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>The clock of the machine is wrong: the Date header and the timestamps of messages with it.</summary>
public sealed record ClockSkew : WindowFault
{
    /// <summary>Positive: fast.</summary>
    [Range(-2_000_000_000, 2_000_000_000)]
    public int SkewMs { get; init; } = 3_600_000;
}

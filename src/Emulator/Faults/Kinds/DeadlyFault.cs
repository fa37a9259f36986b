using System.ComponentModel.DataAnnotations;

namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>A fault from which only a new process recovers.</summary>
public abstract record DeadlyFault : NodeFault
{
    private protected DeadlyFault()
    {
    }

    /// <summary>When there is a new process; null: when the plan is healed, not before.</summary>
    [Range(0, 3_600_000)]
    public int? BackAfterMs { get; init; }

    private protected TimeSpan? BackAfter => BackAfterMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null;
}

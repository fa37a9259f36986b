using System.ComponentModel.DataAnnotations;

namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>
/// The process is killed and started again on the same port: queue, history and numbers are lost, files are kept.
/// </summary>
public sealed record Restart : MomentFault
{
    [Range(0, 3_600_000)]
    public int BackAfterMs { get; init; } = 500;
}

using System.ComponentModel.DataAnnotations;

namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>
/// The process is killed and started again on the same port: queue, history and numbers are lost, files are kept.
/// </summary>
public sealed record Restart : MomentFault
{
    [Range(0, 3_600_000)]
    public int BackAfterMs { get; init; } = 500;

    /// <summary>The release of ComfyUI that comes back; null: the same.</summary>
    [AllowedValues(null, "2023-12-31", "2024-08-13", "0.3.64")]
    public string? Version { get; init; }
}

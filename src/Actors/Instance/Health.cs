using AkkaComfy.ComfyUI;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Instance;

/// <summary>The conversation with an instance's health monitor.</summary>
public static class Health
{
    /// <summary>Asks whether the instance answers right now; answered by <see cref="Checked"/>.</summary>
    public sealed record Check
    {
        public static Check Instance { get; } = new();
    }

    /// <param name="Fault">Null when the instance answers.</param>
    public sealed record Checked(ComfyFault? Fault);

    /// <summary>Work on the instance met a fault: a passive failure.</summary>
    public sealed record Observed(JobError Error);

    /// <summary>Work on the instance went well: as good as a probe.</summary>
    public sealed record Worked
    {
        public static Worked Instance { get; } = new();
    }

    /// <summary>Told to the instance after every probe and every change.</summary>
    public sealed record Report(CircuitPhase Circuit, bool AcceptsWork, DateTimeOffset? LastCheckAt, string? LastFault);
}

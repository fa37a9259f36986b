using AkkaComfy.ComfyUI;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Instance;

/// <summary>The conversation with an instance's health monitor.</summary>
public static class Health
{
    /// <summary>Asks whether the instance answers right now, to give it a job; answered by <see cref="Checked"/>.</summary>
    public sealed record Check
    {
        public static Check Instance { get; } = new();
    }

    /// <param name="Fault">Null when the instance answers.</param>
    public sealed record Checked(ComfyFault? Fault);

    /// <summary>An attempt ended with a fault: a passive failure, if the worker or the network is to blame.</summary>
    /// <param name="BegunAt">When what failed began: from before a trip, it says nothing new.</param>
    public sealed record Observed(JobError Error, DateTimeOffset BegunAt);

    /// <summary>A call of an execution was not answered: worth a probe at once.</summary>
    public sealed record Suspected
    {
        public static Suspected Instance { get; } = new();
    }

    /// <summary>A prompt was executed: better than any probe.</summary>
    public sealed record Worked
    {
        public static Worked Instance { get; } = new();
    }

    /// <summary>An attempt ended and proved nothing, as when it is cancelled.</summary>
    public sealed record ProvedNothing
    {
        public static ProvedNothing Instance { get; } = new();
    }

    /// <summary>Messages arrive on a socket: a probe that times out meanwhile is no sign of death.</summary>
    public sealed record Alive
    {
        public static Alive Instance { get; } = new();
    }

    /// <summary>Takes the instance out by hand; its probes go on.</summary>
    public sealed record Isolate(string Reason);

    /// <summary>Undoes <see cref="Isolate"/>.</summary>
    public sealed record Resume
    {
        public static Resume Instance { get; } = new();
    }

    /// <summary>Told to the instance by a monitor that (re)started, with a circuit as good as new.</summary>
    public sealed record Started
    {
        public static Started Instance { get; } = new();
    }

    /// <summary>Told to the instance after every probe and every change.</summary>
    public sealed record Report(CircuitPhase Circuit, bool AcceptsWork, DateTimeOffset? LastCheckAt, string? LastFault)
    {
        /// <summary>False until a probe has told the server's version.</summary>
        public bool TargetsInterrupts { get; init; }

        /// <summary>As of the last answered probe; null before the first.</summary>
        public ServerFacts? Server { get; init; }
    }
}

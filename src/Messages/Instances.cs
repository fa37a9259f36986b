using System.Collections.Immutable;

namespace AkkaComfy.Messages;

/// <summary>What an instance can do right now.</summary>
public enum InstanceState
{
    /// <summary>Not probed yet.</summary>
    Starting,

    /// <summary>Takes work.</summary>
    Up,

    /// <summary>Its circuit is not closed: no new work until a probe succeeds.</summary>
    Open,

    /// <summary>Finishes what runs, takes nothing new.</summary>
    Draining,
}

/// <summary>The phases of an instance's circuit breaker.</summary>
public enum CircuitPhase
{
    Closed,
    Open,
    HalfOpen,
    Isolated,
}

/// <summary>The states of a WebSocket to an instance.</summary>
public enum ConnectionState
{
    Connecting,
    Online,
    BackingOff,
}

/// <summary>What one ComfyUI instance is and does at one moment.</summary>
/// <param name="Host">Host and port without credentials, for people.</param>
/// <param name="LastCheckAt">When the last probe was answered or failed; null before the first.</param>
/// <param name="LastFault">Why the last probe failed; null when it succeeded.</param>
public sealed record InstanceSnapshot(
    InstanceId Id,
    string Host,
    InstanceState State,
    CircuitPhase Circuit,
    int ActiveJobs,
    int MaxJobs,
    DateTimeOffset? LastCheckAt,
    string? LastFault,
    ImmutableArray<ConnectionState> Connections)
{
    public InstanceTraits Traits { get; init; } = InstanceTraits.Default;

    /// <summary>The workflows that it is known to be unable to run, and what it lacks for each.</summary>
    public ImmutableArray<Lack> Lacks { get; init; } = [];

    /// <summary>When its node classes and models were read; null while unknown: what is unknown counts as there.</summary>
    public DateTimeOffset? NodesReadAt { get; init; }

    /// <summary>Null until it first answers a probe; then as of the last one that it answered.</summary>
    public ServerFacts? Server { get; init; }

    /// <summary>The last transitions of its circuit, oldest first; told by the supervisor alone.</summary>
    public ImmutableArray<Instances.CircuitChanged> CircuitHistory { get; init; } = [];
}

/// <summary>What the whole fleet is and does at one moment.</summary>
public sealed record FleetSnapshot(
    ImmutableArray<InstanceSnapshot> Instances,
    int ActiveJobs,
    int MaxConcurrentJobs,
    int PendingJobs,
    bool IsRunning);

/// <summary>The conversation about instances.</summary>
public static class Instances
{
    /// <summary>Answered by <see cref="FleetSnapshot"/>.</summary>
    public sealed record GetFleet
    {
        public static GetFleet Instance { get; } = new();
    }

    /// <summary>From now on no job is given to any instance; answered by <see cref="FleetSnapshot"/>.</summary>
    public sealed record HoldQueue
    {
        public static HoldQueue Instance { get; } = new();
    }

    /// <summary>Answered by an <see cref="IReply"/>.</summary>
    /// <param name="Instance">Its id, or its host.</param>
    public sealed record Get(string Instance);

    /// <summary>Lets an instance finish what runs and gives it nothing new; answered by <see cref="IReply"/>.</summary>
    /// <param name="Instance">Its id, or its host.</param>
    public sealed record Drain(string Instance);

    /// <summary>Undoes <see cref="Drain"/>; answered by an <see cref="IReply"/>.</summary>
    /// <param name="Instance">Its id, or its host.</param>
    public sealed record Resume(string Instance);

    public interface IReply;

    /// <summary>The instance as it is now; what was asked of it has happened.</summary>
    public sealed record Shown(InstanceSnapshot Instance) : IReply;

    public sealed record Refused(Refusal Why) : IReply;

    /// <summary>Published on the actor system's event stream, once for each transition of a circuit.</summary>
    /// <param name="Why">What was last found wrong; null when all is well.</param>
    /// <param name="After">How long the phase before it lasted.</param>
    public sealed record CircuitChanged(
        InstanceId Id, CircuitPhase From, CircuitPhase To, string? Why, DateTimeOffset At, TimeSpan After);

    /// <summary>An instance actor (re)started and knows of no job: its supervisor hands it its running ones.</summary>
    public sealed record Ready(InstanceId Id);

    /// <summary>Prompts of this gateway that an instance holds; answered by <see cref="Strays"/>.</summary>
    public sealed record Tagged(InstanceId Id, ImmutableArray<TaggedPrompt> Prompts);

    /// <summary>Those of them for which no attempt is under way there.</summary>
    public sealed record Strays(ImmutableArray<TaggedPrompt> Prompts);

    /// <summary>Told by an instance whenever its snapshot changed.</summary>
    public sealed record Changed(InstanceSnapshot Now);
}

using System.Collections.Immutable;
using AkkaComfy.ComfyUI;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors;

/// <summary>How executions learn what their prompt does.</summary>
public enum Tracking
{
    /// <summary>Messages over a WebSocket say when to look; polling is the backstop.</summary>
    WebSocket,

    /// <summary>No WebSocket at all: <c>/history</c> and <c>/queue</c> are asked repeatedly.</summary>
    Polling,
}

/// <summary>The instances and every limit and interval that the actor tree works with.</summary>
public sealed record FleetOptions
{
    public required ImmutableArray<ComfyEndpoint> Endpoints { get; init; }

    /// <summary>Weights and tags of the instances that have any.</summary>
    public ImmutableDictionary<InstanceId, InstanceTraits> Traits { get; init; } =
        ImmutableDictionary<InstanceId, InstanceTraits>.Empty;

    /// <summary>Jobs on instances at one time, over the whole fleet.</summary>
    public required int MaxConcurrentJobs { get; init; }

    public int MaxJobsPerInstance { get; init; } = 2;

    public int MaxConnectionsPerInstance { get; init; } = 3;

    /// <summary>Pending jobs beyond which a submission is refused.</summary>
    public int MaxQueueLength { get; init; } = 10_000;

    /// <summary>How long a job may be pending before it fails; zero for any time.</summary>
    public TimeSpan MaxQueueTime { get; init; }

    /// <summary>Queues of graphs that clients bring, one for all that need the same of an instance; each new one beyond is refused.</summary>
    public int MaxPromptQueues { get; init; } = 256;

    /// <summary>Pending jobs held in memory beyond the free slots.</summary>
    public int ClaimWindow { get; init; } = 64;

    public string Placement { get; init; } = "least-loaded";

    public Tracking Tracking { get; init; } = Tracking.WebSocket;

    /// <summary>Whether PNG outputs keep the prompt, inputs included, that ComfyUI embeds in them.</summary>
    public bool KeepMetadata { get; init; }

    /// <summary>What marks this gateway's prompts on instances that others use too; stable, it also marks those of earlier lives.</summary>
    public string Gateway { get; init; } = $"{Guid.NewGuid():N}";

    public RetryPolicy Retry { get; init; } = new();

    /// <summary>One execution, counted from its start on the GPU; a workflow may override it.</summary>
    public TimeSpan ExecutionTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an instance may take to honour an interrupt before its worker counts as dead.</summary>
    public TimeSpan InterruptGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an instance may be unreachable before the attempts on it are given up.</summary>
    public TimeSpan UnreachableGrace { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How often an execution looks for itself although its socket is silent.</summary>
    public TimeSpan LookInterval { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How often an execution looks when it has no live socket.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(400);

    public TimeSpan HealthCheckInterval { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan HealthCheckTimeout { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How often an instance's node classes and models are read, at the latest.</summary>
    public TimeSpan NodesInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an ended job and its files are kept.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Streams of events open at one time, beyond which a listener is refused.</summary>
    public int MaxEventListeners { get; init; } = 5_000;

    /// <summary>Of these, streams with previews: each may hold a few large images for as long as its client is slow.</summary>
    public int MaxPreviewListeners { get; init; } = 100;

    /// <summary>Events that wait for one listener; one that falls further behind must look for itself.</summary>
    public int EventBacklog { get; init; } = 512;

    /// <summary>Changes of jobs that are remembered for listeners that come back.</summary>
    public int RememberedEvents { get; init; } = 4_096;

    /// <summary>The safety sweep: expiry, and whatever an event should have triggered and did not.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(1);
}

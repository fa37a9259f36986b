using System.Collections.Immutable;

namespace AkkaComfy.Messages;

/// <summary>The reasons for which a command is refused; a closed set.</summary>
public enum RefusalReason
{
    UnknownJob,
    UnknownWorkflow,
    AlreadyEnded,
    QueueFull,
    NoHealthyInstance,
    ShuttingDown,
    StoreUnavailable,
    StoreFull,
    KeyReused,
    UnknownInstance,
    TooManyListeners,

    /// <summary>Every instance is known to lack something that the workflow needs.</summary>
    WorkflowUnsupported,
}

/// <summary>Why a command was refused, and when trying again makes sense.</summary>
/// <param name="Message">One sentence that names the value and the remedy.</param>
public sealed record Refusal(RefusalReason Reason, string Message, TimeSpan? RetryAfter = null)
{
    /// <summary>What each instance lacks, where that is the reason.</summary>
    public ImmutableArray<InstanceLack> Missing { get; init; } = [];
}

/// <summary>A measured expectation of the time until a job's end.</summary>
/// <param name="Low">Tenth percentile of what was measured.</param>
/// <param name="High">Ninetieth percentile of what was measured.</param>
public sealed record Estimate(TimeSpan Expected, TimeSpan Low, TimeSpan High);

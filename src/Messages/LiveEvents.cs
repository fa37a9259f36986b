namespace AkkaComfy.Messages;

/// <summary>What can happen to a job; each step is recorded.</summary>
public enum JobStep
{
    Submitted,
    Dispatched,

    /// <summary>ComfyUI began to execute it.</summary>
    Started,
    Requeued,
    CancelRequested,
    Completed,
    Failed,
    Cancelled,

    /// <summary>Its files are gone.</summary>
    Expired,

    /// <summary>A client had it forgotten.</summary>
    Deleted,
}

/// <summary>What is published on the actor system's event stream, for whoever listens or counts.</summary>
/// <remarks>Each event is complete in itself, so that nobody has to look anything up, and shared: it is never changed.</remarks>
public static class LiveEvents
{
    public interface IEvent
    {
        DateTimeOffset At { get; }
    }

    /// <summary>A step of a job, published after it was recorded and never without; each at most once, in order.</summary>
    /// <param name="Version">Of the job after the step.</param>
    /// <param name="Before">The phase before the step; null for a submission.</param>
    /// <param name="Phase">The phase after it.</param>
    public sealed record JobChanged(
        JobId JobId, WorkflowName Workflow, int Version, JobStep Step, JobPhase? Before, JobPhase Phase,
        DateTimeOffset At) : IEvent, IWithJobId
    {
        public required DateTimeOffset CreatedAt { get; init; }

        /// <summary>Since when it waits; once dispatched, since when it had waited for the last attempt.</summary>
        public required DateTimeOffset QueuedAt { get; init; }

        /// <summary>The number of the last attempt; 0 before the first.</summary>
        public int Attempt { get; init; }

        /// <summary>The instance of the last attempt.</summary>
        public InstanceId? On { get; init; }

        /// <summary>The prompt of the last attempt.</summary>
        public PromptId? PromptId { get; init; }

        /// <summary>When the last attempt was given to its instance.</summary>
        public DateTimeOffset? DispatchedAt { get; init; }

        /// <summary>When ComfyUI began to execute the last attempt; null if it never did.</summary>
        public DateTimeOffset? StartedAt { get; init; }

        /// <summary>When the job ended.</summary>
        public DateTimeOffset? EndedAt { get; init; }

        /// <summary>How far the attempt under way is; null where nothing is known.</summary>
        public JobProgress? Progress { get; init; }

        /// <summary>Why it was requeued, or why it failed.</summary>
        public JobError? Error { get; init; }

        /// <summary>Whose fault it was that the last attempt which had run, or may have run, before this one was lost.</summary>
        public Blame? RanBefore { get; init; }

        /// <summary>The span that the job belongs under, as a W3C <c>traceparent</c>; null for none.</summary>
        public string? TraceParent { get; init; }

        public bool HasEnded => EndedAt is not null;
    }

    /// <summary>How far a running attempt is: volatile, recorded nowhere, and published only as the latest one.</summary>
    public sealed record JobProgressed(
        JobId JobId, WorkflowName Workflow, InstanceId On, int Attempt, JobProgress Progress, DateTimeOffset At)
        : IEvent, IWithJobId;

    /// <summary>An image of what the running attempt is making: volatile, and published only while it matters to someone.</summary>
    /// <param name="Image">Owned by the event.</param>
    public sealed record JobPreviewed(
        JobId JobId, int Attempt, string? NodeId, string MediaType, ReadOnlyMemory<byte> Image, DateTimeOffset At)
        : IEvent, IWithJobId;

    /// <summary>An instance as it is now; published whenever anything about it changed.</summary>
    public sealed record InstanceChanged(InstanceSnapshot Now, DateTimeOffset At) : IEvent;

    /// <summary>The supervisor (re)started from what is recorded: of the steps before, some may never be published.</summary>
    public sealed record Recovered(DateTimeOffset At) : IEvent;
}

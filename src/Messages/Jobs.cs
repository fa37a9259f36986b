using System.Collections.Frozen;
using System.Collections.Immutable;

namespace AkkaComfy.Messages;

/// <summary>A message about one job.</summary>
public interface IWithJobId
{
    JobId JobId { get; }
}

/// <summary>One file that a job produced.</summary>
/// <param name="Kind">ComfyUI's word for the list that named it: <c>images</c>, <c>gifs</c>, <c>audio</c>, <c>text</c> …</param>
public sealed record JobOutput(int Index, string NodeId, string Kind, string FileName, BlobRef Blob);

/// <summary>The node that runs right now.</summary>
public sealed record CurrentNode(string Id, string? ClassType);

/// <summary>How far the running attempt is: volatile, never journaled.</summary>
/// <param name="Percentage">0 to 99 while running; never goes back within an attempt.</param>
public sealed record JobProgress(int Percentage, CurrentNode? Node);

/// <summary>The conversation about jobs: what a client may ask, what happened, what is answered.</summary>
public static class Jobs
{
    public interface ICommand : IWithJobId;

    /// <summary>A fact in the life of a job; the job is the fold of its events.</summary>
    public interface IEvent : IWithJobId
    {
        DateTimeOffset At { get; }
    }

    public interface IReply : IWithJobId;

    /// <summary>Answered by <see cref="Accepted"/> once the job is recorded, or by <see cref="Refused"/>.</summary>
    /// <param name="NeedsHealthyInstance">A sync caller will not wait for an instance to come back.</param>
    /// <param name="Key">With the key of an earlier submission, <see cref="Replayed"/> is the answer.</param>
    public sealed record Submit(
        JobId JobId, WorkflowName Workflow, Inputs Inputs, int Priority, bool NeedsHealthyInstance,
        IdempotencyKey? Key = null) : ICommand
    {
        /// <summary>The span of the request, as a W3C <c>traceparent</c>; null where nobody records traces.</summary>
        public string? TraceParent { get; init; }
    }

    /// <summary>Answered by <see cref="CancelAccepted"/> or <see cref="Refused"/>.</summary>
    public sealed record Cancel(JobId JobId) : ICommand;

    /// <summary>Answered by <see cref="Ended"/> once the job's end is recorded, or by <see cref="Refused"/>.</summary>
    /// <param name="AtMost">When the asker gives up; null for never.</param>
    public sealed record AwaitEnd(JobId JobId, TimeSpan? AtMost = null) : ICommand;

    /// <summary>Answered by <see cref="Changed"/> once the recorded job is newer than this version or has ended, or by
    /// <see cref="Refused"/>.</summary>
    /// <param name="AtMost">When the asker gives up.</param>
    public sealed record AwaitChange(JobId JobId, int Since, TimeSpan AtMost) : ICommand;

    /// <summary>Answered by <see cref="Live"/>.</summary>
    public sealed record GetLive(JobId JobId) : ICommand;

    /// <summary>Answered by <see cref="Lives"/>.</summary>
    public sealed record GetLives(ImmutableArray<JobId> Jobs);

    /// <summary>Expires all ended jobs now; answered by <see cref="CleanedUp"/> or <see cref="NotCleanedUp"/>.</summary>
    public sealed record Cleanup
    {
        public static Cleanup Instance { get; } = new();
    }

    /// <summary>Answered by <see cref="Gone"/> once the job has ended and its deletion is recorded, or by <see cref="Refused"/>.</summary>
    public sealed record Delete(JobId JobId) : ICommand;

    public sealed record Submitted(
        JobId JobId, WorkflowName Workflow, Inputs Inputs, int Priority, DateTimeOffset At) : IEvent
    {
        public string? TraceParent { get; init; }
    }

    public sealed record Dispatched(
        JobId JobId, InstanceId On, int Attempt, PromptId PromptId, DateTimeOffset At) : IEvent;

    /// <summary>ComfyUI began to execute the prompt.</summary>
    public sealed record Started(JobId JobId, int Attempt, DateTimeOffset At) : IEvent;

    public sealed record Requeued(JobId JobId, int Attempt, JobError Why, DateTimeOffset At) : IEvent;

    public sealed record CancelRequested(JobId JobId, DateTimeOffset At) : IEvent;

    public sealed record Completed(
        JobId JobId, int Attempt, ImmutableArray<JobOutput> Outputs, DateTimeOffset At) : IEvent;

    public sealed record Failed(JobId JobId, JobError Error, DateTimeOffset At) : IEvent;

    public sealed record Cancelled(JobId JobId, DateTimeOffset At) : IEvent;

    /// <summary>An ended job's files are gone; only its id is remembered for a while.</summary>
    public sealed record Expired(JobId JobId, DateTimeOffset At) : IEvent;

    /// <summary>A client wants an ended job forgotten: its files are gone, only its idempotency key stays taken.</summary>
    public sealed record Deleted(JobId JobId, DateTimeOffset At) : IEvent;

    /// <param name="QueuePosition">1 is next.</param>
    /// <param name="Estimate">Time until the end, measured; null before anything has been measured.</param>
    public sealed record Accepted(JobId JobId, int QueuePosition, Estimate? Estimate) : IReply;

    /// <summary>An earlier submission with the same key and the same request made this job.</summary>
    public sealed record Replayed(JobId JobId) : IReply;

    public sealed record CancelAccepted(JobId JobId) : IReply;

    public sealed record Ended(JobId JobId) : IReply;

    /// <summary>The job is not any more what the asker knows.</summary>
    public sealed record Changed(JobId JobId) : IReply;

    /// <summary>The job is deleted.</summary>
    public sealed record Gone(JobId JobId) : IReply;

    /// <summary>What only memory knows of an unfinished job.</summary>
    public sealed record Live(JobId JobId, JobProgress? Progress, TimeSpan? Remaining) : IReply;

    public sealed record Lives(FrozenDictionary<JobId, Live> ByJob);

    /// <param name="Count">How many jobs expired.</param>
    public sealed record CleanedUp(int Count);

    public sealed record NotCleanedUp(Refusal Why);

    public sealed record Refused(JobId JobId, Refusal Why) : IReply;
}

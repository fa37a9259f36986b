using System.Collections.Immutable;
using System.Diagnostics;
using AkkaComfy.Messages;
using Happened = AkkaComfy.Messages.Jobs;

namespace AkkaComfy.Core.Jobs;

/// <summary>One try of a job on one instance.</summary>
/// <param name="Fault">Why it was lost; null while it runs and when it succeeded.</param>
public sealed record Attempt(
    int Number,
    InstanceId On,
    PromptId PromptId,
    DateTimeOffset DispatchedAt,
    DateTimeOffset? StartedAt = null,
    DateTimeOffset? EndedAt = null,
    JobError? Fault = null)
{
    /// <summary>Whether the worker executed it, if only in part, or may have, for all that is known.</summary>
    public bool MayHaveRun => StartedAt is not null || Fault is { ChargesAttempt: true };
}

/// <summary>A job: the fold of its events, immutable.</summary>
/// <remarks><code>
///             Dispatched             Completed
///   pending ─────────────▶ processing ─────────▶ completed
///      │  ▲──────────────────┘   │ │──────────▶ failed
///      │        Requeued         └────────────▶ cancelled
///      └──────────────────────────────────────▶ cancelled | failed
/// </code></remarks>
public sealed record Job(
    JobId Id, WorkflowName Workflow, Inputs Inputs, int Priority, DateTimeOffset CreatedAt)
{
    /// <summary>How long it is remembered that there was a job, and its idempotency key, after it expired.</summary>
    public static readonly TimeSpan RememberedFor = TimeSpan.FromHours(24);

    /// <summary>The span of the request that submitted it, as a W3C <c>traceparent</c>; null where none was recorded.</summary>
    public string? TraceParent { get; init; }

    public JobPhase Phase { get; init; } = JobPhase.Pending;

    public ImmutableArray<Attempt> Attempts { get; init; } = [];

    public ImmutableArray<JobOutput> Outputs { get; init; } = [];

    public bool CancelRequested { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public DateTimeOffset? ExpiredAt { get; init; }

    /// <summary>A client deleted it: it is as if it had never been, but its idempotency key stays taken.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>Null unless failed.</summary>
    public JobError? Error { get; init; }

    /// <summary>Grows with each event; clients long-poll on it.</summary>
    public int Version { get; init; } = 1;

    public Attempt? LastAttempt => Attempts.IsEmpty ? null : Attempts[^1];

    /// <summary>The attempt under way; throws unless processing.</summary>
    public Attempt Current => Phase == JobPhase.Processing
        ? Attempts[^1]
        : throw new UnreachableException($"job {Id} has no current attempt in {Phase}");

    /// <summary>Whether clients may still hear of it: a deleted job is forgotten at once, an expired one in time.</summary>
    public bool IsKnown(DateTimeOffset now) => !IsDeleted && (ExpiredAt is not { } at || now < at + RememberedFor);

    public bool HasEnded => Phase is JobPhase.Completed or JobPhase.Failed or JobPhase.Cancelled;

    /// <summary>Since when it waits: since it was submitted or last requeued; null unless pending.</summary>
    public DateTimeOffset? PendingSince => Phase == JobPhase.Pending ? LastAttempt?.EndedAt ?? CreatedAt : null;

    public int ChargedAttempts => Attempts.Count(attempt => attempt.Fault is { ChargesAttempt: true });

    /// <summary>Where it stands while it waits.</summary>
    public QueueName Queue => Inputs.Graph?.Needs.Queue ?? QueueName.Of(Workflow);

    /// <summary>Every stored file that the job names.</summary>
    public IEnumerable<BlobRef> Blobs => Inputs.Blobs.Concat(Outputs.Select(output => output.Blob));

    public static Job From(Happened.Submitted submitted) => new(
        submitted.JobId, submitted.Workflow, submitted.Inputs, submitted.Priority, submitted.At)
    {
        TraceParent = submitted.TraceParent,
    };

    /// <summary>The job after the event; an event that does not fit the phase is a bug and throws.</summary>
    public Job Apply(Happened.IEvent happened) => Evolve(happened) with { Version = Version + 1 };

    private Job Evolve(Happened.IEvent happened) => (Phase, happened) switch
    {
        (JobPhase.Pending, Happened.Dispatched e) when e.Attempt == Attempts.Length + 1 => this with
        {
            Phase = JobPhase.Processing,
            Attempts = Attempts.Add(new Attempt(e.Attempt, e.On, e.PromptId, e.At)),
        },
        (JobPhase.Processing, Happened.Started e) when IsCurrent(e.Attempt) =>
            WithCurrent(Current with { StartedAt = Current.StartedAt ?? e.At }),
        (JobPhase.Processing, Happened.Requeued e) when IsCurrent(e.Attempt) && !CancelRequested =>
            WithCurrent(Current with { EndedAt = e.At, Fault = e.Why }) with { Phase = JobPhase.Pending },
        (JobPhase.Processing, Happened.CancelRequested) when !CancelRequested => this with { CancelRequested = true },
        (JobPhase.Processing, Happened.Completed e) when IsCurrent(e.Attempt) =>
            WithCurrent(Current with { EndedAt = e.At }) with
            {
                Phase = JobPhase.Completed, Outputs = e.Outputs, EndedAt = e.At,
            },
        (JobPhase.Processing, Happened.Failed e) =>
            WithCurrent(Current with { EndedAt = e.At, Fault = e.Error }) with
            {
                Phase = JobPhase.Failed, Error = e.Error, EndedAt = e.At,
            },
        (JobPhase.Pending, Happened.Failed e) =>
            this with { Phase = JobPhase.Failed, Error = e.Error, EndedAt = e.At },
        (JobPhase.Processing, Happened.Cancelled e) =>
            WithCurrent(Current with { EndedAt = e.At }) with { Phase = JobPhase.Cancelled, EndedAt = e.At },
        (JobPhase.Pending, Happened.Cancelled e) => this with { Phase = JobPhase.Cancelled, EndedAt = e.At },
        (_, Happened.Expired e) when HasEnded && ExpiredAt is null => this with
        {
            ExpiredAt = e.At, Inputs = Inputs.Empty, Outputs = [],
        },
        (_, Happened.Deleted e) when HasEnded && !IsDeleted => this with
        {
            ExpiredAt = ExpiredAt ?? e.At, IsDeleted = true, Inputs = Inputs.Empty, Outputs = [],
        },
        _ => throw new UnreachableException($"{happened.GetType().Name} does not fit job {Id} in {Phase}"),
    };

    private bool IsCurrent(int attempt) => Attempts[^1].Number == attempt;

    private Job WithCurrent(Attempt current) => this with { Attempts = Attempts.SetItem(Attempts.Length - 1, current) };
}

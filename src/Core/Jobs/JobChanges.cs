using System.Diagnostics;
using AkkaComfy.Messages;
using Happened = AkkaComfy.Messages.Jobs;

namespace AkkaComfy.Core.Jobs;

/// <summary>A recorded step of a job, as listeners hear of it: pure.</summary>
public static class JobChanges
{
    /// <param name="before">Null for a submission.</param>
    /// <param name="progress">Of the attempt under way, where it is known.</param>
    public static LiveEvents.JobChanged Of(
        JobPhase? before, Happened.IEvent happened, Job after, JobProgress? progress = null) =>
        new(after.Id, after.Workflow, after.Version, StepOf(happened), before, after.Phase, happened.At)
        {
            CreatedAt = after.CreatedAt,
            QueuedAt = QueuedAt(after),
            Attempt = after.Attempts.Length,
            On = after.LastAttempt?.On,
            PromptId = after.LastAttempt?.PromptId,
            DispatchedAt = after.LastAttempt?.DispatchedAt,
            StartedAt = after.LastAttempt?.StartedAt,
            EndedAt = after.EndedAt,
            RanBefore = after.Attempts.SkipLast(1).LastOrDefault(attempt => attempt.MayHaveRun)?.Fault?.Blame,
            TraceParent = after.TraceParent,
            Progress = after.Phase == JobPhase.Processing ? progress : null,
            Error = happened is Happened.Requeued requeued ? requeued.Why : after.Error,
        };

    private static DateTimeOffset QueuedAt(Job job) =>
        job.PendingSince ?? (job.Attempts.Length > 1 ? job.Attempts[^2].EndedAt : null) ?? job.CreatedAt;

    private static JobStep StepOf(Happened.IEvent happened) => happened switch
    {
        Happened.Submitted => JobStep.Submitted,
        Happened.Dispatched => JobStep.Dispatched,
        Happened.Started => JobStep.Started,
        Happened.Requeued => JobStep.Requeued,
        Happened.CancelRequested => JobStep.CancelRequested,
        Happened.Completed => JobStep.Completed,
        Happened.Failed => JobStep.Failed,
        Happened.Cancelled => JobStep.Cancelled,
        Happened.Expired => JobStep.Expired,
        Happened.Deleted => JobStep.Deleted,
        _ => throw new UnreachableException($"{happened.GetType().Name} is no step of a job"),
    };
}

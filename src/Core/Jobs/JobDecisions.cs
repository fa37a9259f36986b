using System.Globalization;
using AkkaComfy.Messages;
using Happened = AkkaComfy.Messages.Jobs;

namespace AkkaComfy.Core.Jobs;

/// <summary>How often a job may be tried.</summary>
/// <param name="MaxAttempts">Attempts that may be charged to the job before it fails (<c>MAX_JOB_ATTEMPTS</c>).</param>
/// <param name="MaxFree">Attempts that cost nothing, refused before they began or interrupted by a stranger.</param>
public sealed record RetryPolicy(int MaxAttempts = 3, int MaxFree = 20);

/// <summary>What follows from a command or a report, given the job: pure and total.</summary>
public static class JobDecisions
{
    public static Happened.Dispatched Dispatch(Job job, InstanceId on, PromptId promptId, DateTimeOffset now) =>
        new(job.Id, on, job.Attempts.Length + 1, promptId, now);

    /// <summary>A pending job is cancelled at once; a running one when its instance says so.</summary>
    /// <returns>Null when there is nothing to add: the job has ended or is being cancelled.</returns>
    public static Happened.IEvent? Cancel(Job job, DateTimeOffset now) => job.Phase switch
    {
        JobPhase.Pending => new Happened.Cancelled(job.Id, now),
        JobPhase.Processing when !job.CancelRequested => new Happened.CancelRequested(job.Id, now),
        _ => null,
    };

    /// <summary>A job that has waited longer than it may is given up; one that is on an instance never is.</summary>
    /// <param name="limit">Zero for none.</param>
    /// <returns>Null while it may go on.</returns>
    public static Happened.Failed? QueueTimeout(Job job, TimeSpan limit, DateTimeOffset now) =>
        limit > TimeSpan.Zero && job.PendingSince is { } since && now - since > limit
            ? new Happened.Failed(job.Id, WaitedTooLong(now - since, limit), now)
            : null;

    /// <summary>A waiting job whose workflow was taken away since would wait for ever.</summary>
    /// <returns>Null for a job that does not wait.</returns>
    public static Happened.Failed? WorkflowGone(Job job, DateTimeOffset now) => job.Phase == JobPhase.Pending
        ? new Happened.Failed(
            job.Id,
            new JobError("unknown_workflow", Blame.Client, $"The workflow '{job.Workflow}' no longer exists."),
            now)
        : null;

    /// <summary>An ended job is deleted; any other must be cancelled first.</summary>
    /// <returns>Null for a job that has not ended, and for one that is deleted already.</returns>
    public static Happened.Deleted? Delete(Job job, DateTimeOffset now) =>
        job is { HasEnded: true, IsDeleted: false } ? new Happened.Deleted(job.Id, now) : null;

    /// <summary>Whether a report concerns the attempt under way; anything else is stale and changes nothing.</summary>
    public static bool IsCurrent(Job job, Executions.IReport report) =>
        job.Phase == JobPhase.Processing && job.Current.Number == report.Attempt;

    /// <summary>Whether a prompt on an instance is one that the job waits for; if not now, then never again.</summary>
    public static bool WaitsFor(Job? job, InstanceId on, int attempt) =>
        job is { Phase: JobPhase.Processing } && job.Current.On == on && job.Current.Number == attempt;

    /// <returns>Null when the attempt is known to have started.</returns>
    public static Happened.Started? Start(Job job, DateTimeOffset now) =>
        job.Current.StartedAt is null ? new Happened.Started(job.Id, job.Current.Number, now) : null;

    /// <summary>An attempt that ended on request cancels the job only if a cancel was indeed requested.</summary>
    public static Happened.IEvent Aborted(Job job, RetryPolicy policy, DateTimeOffset now) => job.CancelRequested
        ? new Happened.Cancelled(job.Id, now)
        : Lost(job, Stranger(job), policy, now);

    /// <summary>Retries what is worth retrying, by blame.</summary>
    public static Happened.IEvent Lost(Job job, JobError error, RetryPolicy policy, DateTimeOffset now)
    {
        if (job.CancelRequested)
        {
            return new Happened.Cancelled(job.Id, now);
        }

        var fault = error.Blame == Blame.Interrupted ? error with { ChargesAttempt = false } : error;
        return FinalError(job, fault, policy) is { } final
            ? new Happened.Failed(job.Id, final, now)
            : new Happened.Requeued(job.Id, job.Current.Number, fault, now);
    }

    /// <returns>Null while the job is worth another try.</returns>
    private static JobError? FinalError(Job job, JobError error, RetryPolicy policy)
    {
        var charged = job.ChargedAttempts + (error.ChargesAttempt ? 1 : 0);
        var free = job.Attempts.Length - charged;
        return error.Blame switch
        {
            Blame.Client or Blame.Timeout or Blame.Us => error,
            Blame.WorkerThisJob when FailedLikeThisBefore(job) => error,
            Blame.Worker or Blame.Network when error.WorkerDied && DiedElsewhere(job) => error with
            {
                Code = "poison_job",
                Message = "Two instances died while they ran this job; it is not tried on a third. "
                    + $"Last: {error.Message}",
            },
            _ when charged >= policy.MaxAttempts => error.Blame is Blame.WorkerThisJob ? error : error with
            {
                Code = "attempts_exhausted",
                Message = $"All {policy.MaxAttempts} attempts failed. Last: {error.Message}",
            },
            _ when free > policy.MaxFree => error with
            {
                Code = "attempts_exhausted",
                Message = $"Refused or interrupted {free} times. Last: {error.Message}",
            },
            _ => null,
        };
    }

    /// <summary>Placement saw to it that the second try was elsewhere, if there is an elsewhere.</summary>
    private static bool FailedLikeThisBefore(Job job) =>
        job.Attempts.Any(attempt => attempt.Fault is { Blame: Blame.WorkerThisJob });

    private static bool DiedElsewhere(Job job) => job.Attempts.Any(attempt =>
        attempt.Fault is { WorkerDied: true } && attempt.On != job.Current.On);

    private static JobError WaitedTooLong(TimeSpan waited, TimeSpan limit) => new(
        "queue_timeout", Blame.Timeout,
        string.Create(CultureInfo.InvariantCulture,
            $"The job waited {waited.TotalSeconds:0.###} s for an instance, and MAX_QUEUE_TIME is "
            + $"{limit.TotalMilliseconds:0} ms."));

    private static JobError Stranger(Job job) =>
        new("interrupted", Blame.Interrupted, "The prompt was interrupted on the instance, and not by this service.")
        {
            Instance = job.Current.On,
        };
}

using AkkaComfy.Core.Events;
using AkkaComfy.Core.Tests.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Tests.Events;

/// <summary>Events of a few jobs and instances.</summary>
internal static class Happening
{
    public static readonly JobId[] JobIds = [.. Enumerable.Range(1, 3).Select(n => new JobId(new Guid(n, 0, 0, new byte[8])))];

    private static readonly WorkflowName Workflow = new("upscale-image");

    public static LiveEvents.JobChanged Changed(
        int job, int version, JobStep step = JobStep.Started, JobPhase phase = JobPhase.Processing, int attempt = 1) =>
        new(JobIds[job], Workflow, version, step, JobPhase.Processing, phase, AJob.Then)
        {
            CreatedAt = AJob.Then,
            QueuedAt = AJob.Then,
            On = AJob.A,
            Attempt = attempt,
            EndedAt = phase is JobPhase.Pending or JobPhase.Processing ? null : AJob.Then,
        };

    public static LiveEvents.JobChanged Ended(int job, int version) =>
        Changed(job, version, JobStep.Completed, JobPhase.Completed);

    public static LiveEvents.JobProgressed Progressed(int job, int percentage, int attempt = 1) =>
        new(JobIds[job], Workflow, AJob.A, attempt, new JobProgress(percentage, null), AJob.Then);

    public static LiveEvents.JobPreviewed Previewed(int job, byte image) =>
        new(JobIds[job], 1, "3", "image/jpeg", new[] { image }, AJob.Then);

    public static LiveEvents.InstanceChanged Instance(InstanceId id, int activeJobs) => new(
        new InstanceSnapshot(
            id, id.Value, InstanceState.Up, CircuitPhase.Closed, activeJobs, 2, AJob.Then, null, []), AJob.Then);

    public static Backlog BacklogOf(int limit, params LiveEvents.IEvent[] events) =>
        events.Aggregate(new Backlog(limit), (backlog, what) => backlog.Add(new Occurrence(what)));

    public static IEnumerable<LiveEvents.IEvent> Heard(Backlog backlog) =>
        backlog.Occurrences.Select(occurrence => occurrence.What);
}

using AkkaComfy.Core.Estimates;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Host.Http;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Endpoints.Bodies;

/// <summary>Jobs as clients see them: pure translations.</summary>
internal static class JobBodies
{
    private const int Done = 100;

    public static AcceptedBody Accepted(Jobs.Accepted accepted) => new(
        accepted.JobId.ToString(), SnakeCase.Of(JobPhase.Pending), "Job submitted successfully. Follow status_url.",
        EstimateText.Of(accepted.Estimate), Seconds(accepted.Estimate?.Expected), accepted.QueuePosition,
        Routes.Status(accepted.JobId), Routes.Result(accepted.JobId), Routes.Events(accepted.JobId));

    /// <summary>The job that an earlier submission with the same key made.</summary>
    public static AcceptedBody Replayed(StatusBody job, JobId id) => new(
        job.JobId, job.Status, "This Idempotency-Key's job was submitted before. Follow status_url.",
        EstimateText.Unknown, job.EstimatedRemainingTimeSeconds, job.QueuePosition, Routes.Status(id), Routes.Result(id),
        Routes.Events(id));

    /// <param name="live">Null unless the job is unfinished.</param>
    public static StatusBody Status(Job job, Jobs.Live? live, int? queuePosition, DateTimeOffset now)
    {
        var running = job.Phase is JobPhase.Processing;
        var attempt = job.Phase is JobPhase.Pending ? null : job.LastAttempt;
        return new StatusBody(
            job.Id.ToString(), SnakeCase.Of(job.Phase), job.Workflow.Value, job.Version,
            job.CreatedAt.UtcDateTime, attempt?.StartedAt?.UtcDateTime, job.EndedAt?.UtcDateTime,
            job.Phase is JobPhase.Pending ? queuePosition : null, ProcessingSeconds(job, now),
            job.HasEnded ? null : Seconds(live?.Remaining), Percentage(job, live),
            running && live?.Progress?.Node is { } node ? new NodeBody(node.Id, node.ClassType) : null,
            attempt?.On.Value, job.Attempts.Length, job.Error?.Message, job.Error?.Code);
    }

    /// <returns>Null before the job is on an instance.</returns>
    public static double? ProcessingSeconds(Job job, DateTimeOffset now) =>
        job.Phase is not JobPhase.Pending && job.LastAttempt is { } attempt
            ? Seconds((job.EndedAt ?? now) - (attempt.StartedAt ?? attempt.DispatchedAt))
            : null;

    private static int Percentage(Job job, Jobs.Live? live) => job.Phase switch
    {
        JobPhase.Completed => Done,
        JobPhase.Processing => Math.Min(live?.Progress?.Percentage ?? 0, Done - 1),
        _ => 0,
    };

    private static double? Seconds(TimeSpan? time) =>
        time is { } span ? Math.Round(Math.Max(0, span.TotalSeconds), 3) : null;
}

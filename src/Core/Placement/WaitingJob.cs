using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Placement;

/// <summary>A job that waits to be placed.</summary>
/// <param name="Avoid">The instance on which its last attempt failed: used again only when no other can run it.</param>
public sealed record WaitingJob(JobId Id, QueueName Queue, InstanceId? Avoid)
{
    public static WaitingJob From(Job job) => new(job.Id, job.Queue, AvoidedBy(job));

    private static InstanceId? AvoidedBy(Job job) => job.LastAttempt is { Fault.Blame: not Blame.Interrupted } last
        ? last.On
        : null;
}

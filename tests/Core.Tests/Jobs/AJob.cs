using System.Collections.Immutable;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Tests.Jobs;

/// <summary>Jobs in each phase, and the faults that meet them.</summary>
internal static class AJob
{
    public static readonly DateTimeOffset Then = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly JobId Id = JobId.New(Then);
    public static readonly InstanceId A = new("a:8188");
    public static readonly InstanceId B = new("b:8188");
    public static readonly InstanceId C = new("c:8188");
    public static readonly RetryPolicy Policy = new(MaxAttempts: 3, MaxFree: 20);

    public static readonly ImmutableArray<JobOutput> Outputs =
    [
        new JobOutput(0, "3", "images", "out.png", new BlobRef(new BlobId("ab"), 3, "image/png")),
    ];

    public static Job Pending() => Job.From(new Messages.Jobs.Submitted(
        Id, new WorkflowName("upscale-image"), Inputs.Empty, Priority: 0, Then));

    public static Job On(this Job job, InstanceId instance) =>
        job.Apply(JobDecisions.Dispatch(job, instance, new PromptId($"p{job.Attempts.Length + 1}"), Then));

    public static Job Processing() => Pending().On(A);

    public static Job Cancelling() => Processing().Apply(new Messages.Jobs.CancelRequested(Id, Then));

    public static Job Completed() => Processing().Apply(new Messages.Jobs.Completed(Id, 1, Outputs, Then));

    public static Job Failed() => Processing().Apply(new Messages.Jobs.Failed(Id, Fault(Blame.Client), Then));

    public static Job Cancelled() => Pending().Apply(new Messages.Jobs.Cancelled(Id, Then));

    public static Job Expired() => Completed().Apply(new Messages.Jobs.Expired(Id, Then));

    public static Job Deleted() => Completed().Apply(new Messages.Jobs.Deleted(Id, Then));

    public static JobError Fault(Blame blame, bool died = false, bool charges = true) =>
        new($"{blame}", blame, $"It was {blame}.") { WorkerDied = died, ChargesAttempt = charges };

    public static Messages.Jobs.IEvent Lose(this Job job, JobError fault) =>
        JobDecisions.Lost(job, fault, Policy, Then);

    /// <summary>The job after losing an attempt on this instance to this fault; it must have been requeued.</summary>
    public static Job LosingOn(this Job job, InstanceId instance, JobError fault)
    {
        var running = job.On(instance);
        return running.Apply(Assert.IsType<Messages.Jobs.Requeued>(running.Lose(fault)));
    }
}

using System.Collections.Immutable;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Storage.Tests;

/// <summary>Jobs and their commits, as a supervisor makes them.</summary>
internal static class StoredJobs
{
    public static readonly DateTimeOffset Then = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly WorkflowName Upscale = new("upscale-image");
    public static readonly WorkflowName Rembg = new("remove-background");
    public static readonly IReadOnlySet<QueueName> Any =
        new HashSet<QueueName> { QueueName.Of(Upscale), QueueName.Of(Rembg) };
    public static readonly InstanceId Instance = new("a:8188");
    public static readonly InstanceId Other = new("b:8188");

    public static BlobId Blob(char digit) => new(new string(digit, 64));

    public static Inputs ImageOf(BlobId blob) => new(Inputs.Empty.Values.Add(
        "imageFile", new InputValue.Image(new BlobRef(blob, 3, "image/png"), 4, 5)));

    /// <summary>A graph of the client's own that needs nodes of these classes and a model.</summary>
    public static Inputs GraphOf(BlobId blob, params string[] classes) => new(Inputs.Empty.Values.Add(
        Inputs.GraphInput,
        new InputValue.Graph(
            new BlobRef(blob, 3, "application/json"),
            new GraphNeeds([.. classes], [new NeededChoice("Loader", "model_name", "4x.pth")]))));

    public static Job New(
        int priority = 0, WorkflowName? workflow = null, Inputs? inputs = null, DateTimeOffset? at = null) =>
        Job.From(new Jobs.Submitted(
            JobId.New(at ?? Then), workflow ?? Upscale, inputs ?? Inputs.Empty, priority, at ?? Then));

    public static JobCommit Submission(this Job job, bool claim = false) => new(
        job, [new Jobs.Submitted(job.Id, job.Workflow, job.Inputs, job.Priority, job.CreatedAt)], claim);

    /// <summary>The commit of an event that happens to the job.</summary>
    public static JobCommit After(this Job job, Jobs.IEvent happened) => new(job.Apply(happened), [happened]);

    public static Jobs.Dispatched Dispatched(this Job job, InstanceId? on = null) =>
        JobDecisions.Dispatch(job, on ?? Instance, new PromptId($"p{job.Attempts.Length + 1}"), Then);

    public static Jobs.Requeued Requeued(this Job job, DateTimeOffset? at = null) => new(
        job.Id, job.Attempts.Length, new JobError("lost", Blame.Worker, "It was lost."), at ?? Then);

    public static Jobs.Completed Completed(this Job job, DateTimeOffset at, params BlobId[] outputs) => new(
        job.Id,
        job.Attempts.Length,
        [
            .. outputs.Select((blob, i) =>
                new JobOutput(i, "3", "images", $"{i}.png", new BlobRef(blob, 3, "image/png"))),
        ],
        at);

    public static Jobs.Cancelled Cancelled(this Job job, DateTimeOffset? at = null) => new(job.Id, at ?? Then);

    public static Jobs.Expired Expired(this Job job, DateTimeOffset at) => new(job.Id, at);

    public static Jobs.Deleted Deleted(this Job job, DateTimeOffset at) => new(job.Id, at);
}

using AkkaComfy.Core.Jobs;
using AkkaComfy.Host.Endpoints.Bodies;
using AkkaComfy.Host.Http;
using AkkaComfy.Host.Problems;
using AkkaComfy.Messages;
using AkkaComfy.Storage;
using Microsoft.Net.Http.Headers;

namespace AkkaComfy.Host.Endpoints;

/// <summary>Answers about one job: its status, its result, its files.</summary>
internal sealed class JobAnswers(JobsGateway gateway, IBlobStore blobs, TimeProvider time)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    public async Task<Try<Job>> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!JobId.TryParse(id, out var jobId))
        {
            return ProblemMapping.UnknownJob(id);
        }

        var job = await gateway.FindAsync(jobId, cancellationToken);
        return job is null ? ProblemMapping.UnknownJob(id) : job;
    }

    /// <summary>The first job of an idempotency key, whatever has become of it.</summary>
    public async Task<IResult> ReplayAsync(JobId id, CancellationToken cancellationToken)
    {
        if (await gateway.FindAsync(id, cancellationToken) is not { } job)
        {
            return new ProblemResult(ProblemMapping.DeletedSince(id));
        }

        var body = JobBodies.Replayed(await StatusBodyAsync(job, cancellationToken), id);
        return new Answer<AcceptedBody>(body, BodiesJson.Plain.AcceptedBody) { Location = Routes.Status(id) };
    }

    public async Task<IResult> StatusAsync(Job job, CancellationToken cancellationToken) =>
        new Answer<StatusBody>(await StatusBodyAsync(job, cancellationToken), BodiesJson.Plain.StatusBody);

    /// <summary>The result as JSON or as the image itself; while there is none, 202 and the status.</summary>
    public async Task<IResult> ResultAsync(Job job, bool binary, CancellationToken cancellationToken)
    {
        if (!job.HasEnded)
        {
            var status = await StatusBodyAsync(job, cancellationToken);
            return new Answer<StatusBody>(status, BodiesJson.Plain.StatusBody, StatusCodes.Status202Accepted)
            {
                Location = Routes.Status(job.Id),
                RetryAfter = AskAgain,
            };
        }

        if (WithoutResult(job) is { } problem)
        {
            return new ProblemResult(problem);
        }

        return binary && (FirstImage(job) ?? job.Outputs.FirstOrDefault()) is { } output
            ? File(job, output)
            : JsonResult(job);
    }

    public IResult Output(Job job, int index)
    {
        if (!job.HasEnded)
        {
            return new ProblemResult(new Problem(
                StatusCodes.Status409Conflict, "not_finished", "The job has no outputs before it is completed.")
            {
                JobId = job.Id,
                RetryAfter = AskAgain,
            });
        }

        if (WithoutResult(job) is { } problem)
        {
            return new ProblemResult(problem);
        }

        return job.Outputs.FirstOrDefault(output => output.Index == index) is { } found
            ? File(job, found)
            : new ProblemResult(new Problem(
                StatusCodes.Status404NotFound, "unknown_output",
                $"The job has no output {index}; it has {job.Outputs.Length}, counted from 0.") { JobId = job.Id });
    }

    private static Problem? WithoutResult(Job job) => job switch
    {
        { ExpiredAt: not null } => ProblemMapping.Expired(job),
        { Phase: JobPhase.Failed, Error: { } error } => ProblemMapping.From(error, job.Id),
        { Phase: JobPhase.Cancelled } => ProblemMapping.Cancelled(job.Id),
        _ => null,
    };

    private static JobOutput? FirstImage(Job job) => job.Outputs.FirstOrDefault(
        output => output.Blob.MediaType.StartsWith("image/", StringComparison.OrdinalIgnoreCase));

    public async Task<StatusBody[]> StatusBodiesAsync(IReadOnlyList<Job> jobs, CancellationToken cancellationToken)
    {
        var unfinished = jobs.Where(job => !job.HasEnded).Select(job => job.Id).ToList();
        var lives = unfinished.Count > 0 ? await gateway.LivesAsync(unfinished, cancellationToken) : null;
        var bodies = new List<StatusBody>(jobs.Count);
        foreach (var job in jobs)
        {
            bodies.Add(await StatusBodyAsync(job, lives?.ByJob.GetValueOrDefault(job.Id), cancellationToken));
        }

        return [.. bodies];
    }

    public async Task<StatusBody> StatusBodyAsync(Job job, CancellationToken cancellationToken) =>
        await StatusBodyAsync(
            job, job.HasEnded ? null : await gateway.LiveAsync(job.Id, cancellationToken), cancellationToken);

    private async Task<StatusBody> StatusBodyAsync(Job job, Jobs.Live? live, CancellationToken cancellationToken)
    {
        var position = job.Phase is JobPhase.Pending
            ? await gateway.QueuePositionAsync(job.Id, cancellationToken)
            : null;
        return JobBodies.Status(job, live, position, time.GetUtcNow());
    }

    private IResult JsonResult(Job job)
    {
        try
        {
            var image = FirstImage(job);
            return new ResultAnswer(job, image, image is null ? null : blobs.OpenRead(image.Blob.Id), time.GetUtcNow());
        }
        catch (FileNotFoundException)
        {
            return new ProblemResult(ProblemMapping.Expired(job));
        }
    }

    private IResult File(Job job, JobOutput output)
    {
        try
        {
            return Results.Stream(
                blobs.OpenRead(output.Blob.Id), output.Blob.MediaType,
                entityTag: new EntityTagHeaderValue($"\"{output.Blob.Id}\""), enableRangeProcessing: true);
        }
        catch (FileNotFoundException)
        {
            return new ProblemResult(ProblemMapping.Expired(job));
        }
    }
}

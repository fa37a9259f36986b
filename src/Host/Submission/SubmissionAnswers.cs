using AkkaComfy.Core.Jobs;
using AkkaComfy.Host.Endpoints;
using AkkaComfy.Host.Endpoints.Bodies;
using AkkaComfy.Host.Http;
using AkkaComfy.Host.Logging;
using AkkaComfy.Host.Problems;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Submission;

/// <summary>Answers a submission as its client wants it: with the job, or with the job's end.</summary>
internal sealed class SubmissionAnswers(SyncWait wait, JobAnswers answers, JobsGateway gateway)
{
    /// <param name="submit">Makes the job; not called for a request that is wrong before its body is read.</param>
    /// <param name="timeout">Of one execution; null for the service's own.</param>
    public async Task<IResult> AnswerAsync(
        HttpRequest request, bool async, bool binary, TimeSpan? timeout, Func<Terms, Task<Try<Jobs.IReply>>> submit)
    {
        if (IdempotencyKeys.Read(request, out var key) is { } invalid)
        {
            return new ProblemResult(invalid);
        }

        var submitted = await submit(new Terms(key, NeedsHealthyInstance: !async));
        if (submitted.Failed(out var problem, out var reply))
        {
            return new ProblemResult(problem);
        }

        RequestScope.Concerns(request.HttpContext, reply.JobId);
        if (reply is Jobs.Replayed)
        {
            IdempotencyKeys.MarkReplayed(request.HttpContext.Response);
        }

        var hungUp = request.HttpContext.RequestAborted;
        if (async)
        {
            return reply is Jobs.Accepted accepted ? Accepted(accepted) : await answers.ReplayAsync(reply.JobId, hungUp);
        }

        var waited = key is null
            ? await AloneAsync(reply.JobId, timeout, hungUp)
            : await wait.ForEndAsync(reply.JobId, timeout, hungUp);
        return waited.Failed(out var failure, out var job)
            ? new ProblemResult(failure)
            : await answers.ResultAsync(job, binary, hungUp);
    }

    /// <summary>Without a key only this caller knows of the job: nobody wants it any more when the caller hangs up.</summary>
    private async Task<Try<Job>> AloneAsync(JobId id, TimeSpan? timeout, CancellationToken hungUp)
    {
        try
        {
            return await wait.ForEndAsync(id, timeout, hungUp);
        }
        catch (OperationCanceledException) when (hungUp.IsCancellationRequested && !gateway.IsClosed)
        {
            // A connection that ends because the service stops is no client that lost interest.
            await gateway.CancelAsync(id);
            throw;
        }
    }

    private static Answer<AcceptedBody> Accepted(Jobs.Accepted accepted) => new(
        JobBodies.Accepted(accepted), BodiesJson.Plain.AcceptedBody, StatusCodes.Status202Accepted)
    {
        Location = Routes.Status(accepted.JobId),
    };
}

using AkkaComfy.Core.Jobs;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Host.Endpoints.Bodies;
using AkkaComfy.Host.Http;
using AkkaComfy.Host.Logging;
using AkkaComfy.Host.Problems;
using AkkaComfy.Host.Submission;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Endpoints;

/// <summary>Submitting a job: each workflow's name is its route.</summary>
internal sealed class SubmitEndpoints(
    IWorkflowCatalog catalog, SubmissionDesk desk, SyncWait wait, JobAnswers answers, JobsGateway gateway)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/{workflow}", (string workflow, HttpRequest request, SubmitEndpoints self) =>
            self.SubmitAsync(workflow, request, alwaysAsync: false));
        routes.MapPost("/api/async/{workflow}", (string workflow, HttpRequest request, SubmitEndpoints self) =>
            self.SubmitAsync(workflow, request, alwaysAsync: true));
    }

    private async Task<IResult> SubmitAsync(string name, HttpRequest request, bool alwaysAsync)
    {
        if (!catalog.TryFind(new WorkflowName(name), out var workflow))
        {
            return new ProblemResult(
                ProblemMapping.UnknownWorkflow(name, catalog.All.Select(known => known.Name.Value)));
        }

        if (Preferences.Of(request).Failed(out var problem, out var preferences))
        {
            return new ProblemResult(problem);
        }

        if (IdempotencyKeys.Read(request, out var key) is { } invalid)
        {
            return new ProblemResult(invalid);
        }

        return await SubmitAsync(
            request, workflow, key, preferences with { Async = alwaysAsync || preferences.Async });
    }

    private async Task<IResult> SubmitAsync(
        HttpRequest request, Workflow workflow, string? key, Preferences preferences)
    {
        var submitted = await desk.SubmitAsync(request, workflow, key, needsHealthyInstance: !preferences.Async);
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
        if (preferences.Async)
        {
            return reply is Jobs.Accepted accepted ? Accepted(accepted) : await answers.ReplayAsync(reply.JobId, hungUp);
        }

        var waited = key is null
            ? await AloneAsync(reply.JobId, workflow, hungUp)
            : await wait.ForEndAsync(reply.JobId, workflow, hungUp);
        return waited.Failed(out var failure, out var job)
            ? new ProblemResult(failure)
            : await answers.ResultAsync(job, preferences.Binary, hungUp);
    }

    /// <summary>Without a key only this caller knows of the job: nobody wants it any more when the caller hangs up.</summary>
    private async Task<Try<Job>> AloneAsync(JobId id, Workflow workflow, CancellationToken hungUp)
    {
        try
        {
            return await wait.ForEndAsync(id, workflow, hungUp);
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

using AkkaComfy.Core.Workflows;
using AkkaComfy.Host.Endpoints.Bodies;
using AkkaComfy.Host.Http;
using AkkaComfy.Host.Problems;
using AkkaComfy.Host.Submission;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Endpoints;

/// <summary>Submitting a job: each workflow's name is its route.</summary>
internal sealed class SubmitEndpoints(
    IWorkflowCatalog catalog, SubmissionDesk desk, WaitingRoom room, SyncWait wait, JobAnswers answers,
    JobsGateway gateway)
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

        preferences = preferences with { Async = alwaysAsync || preferences.Async };
        var seat = room.Enter(key);
        try
        {
            return await SubmitAsync(request, workflow, key, preferences, seat);
        }
        finally
        {
            if (seat.Leave() is { } unwanted)
            {
                await gateway.CancelAsync(unwanted);
            }
        }
    }

    private async Task<IResult> SubmitAsync(
        HttpRequest request, Workflow workflow, string? key, Preferences preferences, WaitingRoom.Seat seat)
    {
        var submitted = await desk.SubmitAsync(request, workflow, key, needsHealthyInstance: !preferences.Async);
        if (submitted.Failed(out var problem, out var reply))
        {
            return new ProblemResult(problem);
        }

        if (reply is Jobs.Replayed)
        {
            IdempotencyKeys.MarkReplayed(request.HttpContext.Response);
        }

        return preferences.Async
            ? await FollowAsync(reply, seat, request.HttpContext.RequestAborted)
            : await ResultAsync(reply, workflow, seat, preferences, request);
    }

    private async Task<IResult> FollowAsync(Jobs.IReply reply, WaitingRoom.Seat seat, CancellationToken aborted)
    {
        seat.Settled();
        return reply is Jobs.Accepted accepted ? Accepted(accepted) : await answers.ReplayAsync(reply.JobId, aborted);
    }

    private static Answer<AcceptedBody> Accepted(Jobs.Accepted accepted) => new(
        JobBodies.Accepted(accepted), BodiesJson.Plain.AcceptedBody, StatusCodes.Status202Accepted)
    {
        Location = Routes.Status(accepted.JobId),
    };

    private async Task<IResult> ResultAsync(
        Jobs.IReply reply, Workflow workflow, WaitingRoom.Seat seat, Preferences preferences, HttpRequest request)
    {
        if (reply is Jobs.Accepted)
        {
            seat.Made(reply.JobId);
        }

        var hungUp = request.HttpContext.RequestAborted;
        return (await wait.ForEndAsync(reply.JobId, workflow, seat, hungUp)).Failed(out var problem, out var job)
            ? new ProblemResult(problem)
            : await answers.ResultAsync(job, preferences.Binary, hungUp);
    }
}

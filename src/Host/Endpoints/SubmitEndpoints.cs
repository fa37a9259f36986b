using AkkaComfy.Core.Workflows;
using AkkaComfy.Host.Endpoints.Bodies;
using AkkaComfy.Host.Http;
using AkkaComfy.Host.Problems;
using AkkaComfy.Host.Submission;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Endpoints;

/// <summary>Submitting a job: each workflow's name is its route.</summary>
internal sealed class SubmitEndpoints(
    IWorkflowCatalog catalog, SubmissionDesk desk, SyncWait wait, JobAnswers answers)
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

        var isAsync = alwaysAsync || preferences.Async;
        var submitted = await desk.SubmitAsync(request, workflow, needsHealthyInstance: !isAsync);
        if (submitted.Failed(out problem, out var accepted))
        {
            return new ProblemResult(problem);
        }

        return isAsync ? Accepted(accepted) : await ResultAsync(accepted.JobId, workflow, preferences, request);
    }

    private static Answer<AcceptedBody> Accepted(Jobs.Accepted accepted) => new(
        JobBodies.Accepted(accepted), BodiesJson.Plain.AcceptedBody, StatusCodes.Status202Accepted)
    {
        Location = Routes.Status(accepted.JobId),
    };

    private async Task<IResult> ResultAsync(JobId id, Workflow workflow, Preferences preferences, HttpRequest request)
    {
        var hungUp = request.HttpContext.RequestAborted;
        return (await wait.ForEndAsync(id, workflow, hungUp)).Failed(out var problem, out var job)
            ? new ProblemResult(problem)
            : await answers.ResultAsync(job, preferences.Binary, hungUp);
    }
}

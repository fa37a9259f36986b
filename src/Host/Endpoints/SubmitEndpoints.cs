using AkkaComfy.Core.Workflows;
using AkkaComfy.Host.Http;
using AkkaComfy.Host.OpenApi;
using AkkaComfy.Host.OpenApi.Operations;
using AkkaComfy.Host.Problems;
using AkkaComfy.Host.Submission;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Endpoints;

/// <summary>Submitting a job: each workflow's name is its route, and one route takes graphs of the client's own.</summary>
internal sealed class SubmitEndpoints(IWorkflowCatalog catalog, SubmissionDesk desk, SubmissionAnswers answers)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/{workflow}", (string workflow, HttpRequest request, SubmitEndpoints self) =>
            self.SubmitAsync(workflow, request, alwaysAsync: false)).Describe(SubmitOperations.Run);
        routes.MapPost("/api/async/{workflow}", (string workflow, HttpRequest request, SubmitEndpoints self) =>
            self.SubmitAsync(workflow, request, alwaysAsync: true)).Describe(SubmitOperations.Submit);
        routes.MapPost("/api/prompts", (HttpRequest request, SubmitEndpoints self) => self.SubmitPromptAsync(request))
            .Describe(SubmitOperations.Prompt);
    }

    private async Task<IResult> SubmitAsync(string name, HttpRequest request, bool alwaysAsync)
    {
        if (!catalog.TryFind(new WorkflowName(name), out var workflow))
        {
            return new ProblemResult(
                ProblemMapping.UnknownWorkflow(name, catalog.All.Select(known => known.Name.Value)));
        }

        return Preferences.Of(request).Failed(out var problem, out var preferences)
            ? new ProblemResult(problem)
            : await answers.AnswerAsync(
                request, alwaysAsync || preferences.Async, preferences.Binary, workflow.Timeout,
                terms => desk.SubmitAsync(request, workflow, terms));
    }

    private async Task<IResult> SubmitPromptAsync(HttpRequest request) =>
        Preferences.OfPrompt(request).Failed(out var problem, out var preferences)
            ? new ProblemResult(problem)
            : await answers.AnswerAsync(
                request, preferences.Async, preferences.Binary, timeout: null,
                terms => desk.SubmitPromptAsync(request, terms));
}

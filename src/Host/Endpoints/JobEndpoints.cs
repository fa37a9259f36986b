using AkkaComfy.Host.Endpoints.Bodies;
using AkkaComfy.Host.Http;
using AkkaComfy.Host.OpenApi;
using AkkaComfy.Host.OpenApi.Operations;
using AkkaComfy.Host.Problems;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Endpoints;

/// <summary>Following and cancelling one job.</summary>
internal sealed class JobEndpoints(JobsGateway gateway, JobAnswers answers)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var job = routes.MapGroup("/api/jobs/{id}");
        job.MapGet("", StatusAsync).Describe(JobOperations.Get);
        job.MapGet("/status", StatusAsync).Describe(JobOperations.GetStatus);
        job.MapGet("/result", (string id, HttpRequest request, JobEndpoints self) => self.ResultAsync(id, request))
            .Describe(JobOperations.Result);
        job.MapMethods("/outputs/{n:int}", [HttpMethods.Get, HttpMethods.Head],
            (string id, int n, JobEndpoints self, CancellationToken aborted) => self.OutputAsync(id, n, aborted))
            .Describe(JobOperations.Output);
        job.MapPost("/cancel", (string id, JobEndpoints self, CancellationToken aborted) =>
            self.CancelAsync(id, aborted)).Describe(JobOperations.Cancel);
    }

    private static async Task<IResult> StatusAsync(string id, HttpRequest request, JobAnswers answers, StatusWait wait)
    {
        var aborted = request.HttpContext.RequestAborted;
        if (StatusQuery.Of(request).Failed(out var problem, out var query)
            || (await answers.FindAsync(id, aborted)).Failed(out problem, out var job))
        {
            return new ProblemResult(problem);
        }

        return await wait.ForNewsAsync(job, query, aborted) is { } news
            ? await answers.StatusAsync(news, aborted)
            : new ProblemResult(ProblemMapping.UnknownJob(id));
    }

    private async Task<IResult> ResultAsync(string id, HttpRequest request)
    {
        var aborted = request.HttpContext.RequestAborted;
        if (Preferences.Of(request).Failed(out var problem, out var preferences)
            || (await answers.FindAsync(id, aborted)).Failed(out problem, out var job))
        {
            return new ProblemResult(problem);
        }

        return await answers.ResultAsync(job, preferences.Binary, aborted);
    }

    private async Task<IResult> OutputAsync(string id, int index, CancellationToken aborted) =>
        (await answers.FindAsync(id, aborted)).Failed(out var problem, out var job)
            ? new ProblemResult(problem)
            : answers.Output(job, index);

    private async Task<IResult> CancelAsync(string id, CancellationToken aborted)
    {
        if ((await answers.FindAsync(id, aborted)).Failed(out var problem, out var job))
        {
            return new ProblemResult(problem);
        }

        if (job.ExpiredAt is not null)
        {
            return new ProblemResult(ProblemMapping.Expired(job));
        }

        if (await gateway.CancelAsync(job.Id) is Jobs.Refused refused)
        {
            return new ProblemResult(ProblemMapping.From(refused.Why) with { JobId = job.Id });
        }

        var body = new CancelBody(
            job.Id.ToString(), "The job is being cancelled. Follow status_url.", Routes.Status(job.Id));
        return new Answer<CancelBody>(body, BodiesJson.Plain.CancelBody, StatusCodes.Status202Accepted)
        {
            Location = Routes.Status(job.Id),
        };
    }
}

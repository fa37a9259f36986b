using AkkaComfy.Host.Endpoints.Bodies;
using AkkaComfy.Host.Endpoints.Listing;
using AkkaComfy.Host.Http;
using AkkaComfy.Host.OpenApi;
using AkkaComfy.Host.OpenApi.Operations;
using AkkaComfy.Host.Problems;
using AkkaComfy.Host.Settings;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Host.Endpoints;

/// <summary>All jobs, counted and listed; one job in full; forgetting jobs before their time.</summary>
internal sealed class ManagementEndpoints(JobsGateway gateway, JobAnswers answers, ServiceSettings settings)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapGroup("/api/jobs");
        jobs.MapGet("/stats", (ManagementEndpoints self, CancellationToken aborted) => self.StatsAsync(aborted))
            .Describe(ManagementOperations.Stats);
        jobs.MapGet("/list", (HttpRequest request, ManagementEndpoints self) => self.ListAsync(request))
            .Describe(ManagementOperations.List);
        jobs.MapPost("/cleanup", (ManagementEndpoints self, CancellationToken aborted) => self.CleanupAsync(aborted))
            .Describe(ManagementOperations.CleanUp);
        jobs.MapGet("/{id}/info", (string id, ManagementEndpoints self, CancellationToken aborted) =>
            self.InfoAsync(id, aborted)).Describe(JobOperations.Info);
        jobs.MapDelete("/{id}", (string id, ManagementEndpoints self, CancellationToken aborted) =>
            self.DeleteAsync(id, aborted)).Describe(JobOperations.Delete);
    }

    private async Task<IResult> StatsAsync(CancellationToken aborted) => new Answer<JobStatsBody>(
        JobStatsBodies.Of(await gateway.CountAsync(aborted)), BodiesJson.Plain.JobStatsBody);

    private async Task<IResult> ListAsync(HttpRequest request)
    {
        var aborted = request.HttpContext.RequestAborted;
        if (ListQuery.Of(request).Failed(out var problem, out var query)
            || (await FilterAsync(query, aborted)).Failed(out problem, out var filter))
        {
            return new ProblemResult(problem);
        }

        var page = await gateway.ListAsync(filter, query.After, query.Limit, aborted);
        var body = new JobListBody(
            await answers.StatusBodiesAsync(page.Jobs, aborted), page.Total,
            page.Next is { } next ? PageCursor.Write(next) : null);
        return new Answer<JobListBody>(body, BodiesJson.Plain.JobListBody);
    }

    private async Task<Try<JobFilter>> FilterAsync(ListQuery query, CancellationToken aborted)
    {
        InstanceId? instance = null;
        if (query.Instance is { } name)
        {
            if (InstanceNames.Resolve(name, await gateway.FleetAsync(aborted), out var id) is { } problem)
            {
                return problem;
            }

            instance = id;
        }

        return new JobFilter(query.Phase, query.Type is { } type ? new WorkflowName(type) : null, instance);
    }

    private async Task<IResult> InfoAsync(string id, CancellationToken aborted) =>
        (await answers.FindAsync(id, aborted)).Failed(out var problem, out var job)
            ? new ProblemResult(problem)
            : new Answer<JobInfoBody>(
                JobInfoBodies.Of(job, await answers.StatusBodyAsync(job, aborted), settings.Retention),
                BodiesJson.Plain.JobInfoBody);

    private async Task<IResult> DeleteAsync(string id, CancellationToken aborted)
    {
        if ((await answers.FindAsync(id, aborted)).Failed(out var problem, out var job))
        {
            return new ProblemResult(problem);
        }

        return await gateway.DeleteAsync(job.Id, aborted) switch
        {
            Jobs.Gone => new Answer<DeletedBody>(
                new DeletedBody($"The job {job.Id} and its files are deleted."), BodiesJson.Plain.DeletedBody),
            Jobs.Refused refused => new ProblemResult(ProblemMapping.From(refused.Why)),
            _ => new ProblemResult(new Problem(
                StatusCodes.Status503ServiceUnavailable, "still_running",
                "The job's instance has not let go of it yet; it is deleted as soon as it does.")
            {
                JobId = job.Id,
                RetryAfter = AskAgain,
            }),
        };
    }

    private async Task<IResult> CleanupAsync(CancellationToken aborted)
    {
        switch (await gateway.CleanupAsync(aborted))
        {
            case Jobs.CleanedUp(var count):
                var message = count == 1 ? "1 ended job is cleaned up." : $"{count} ended jobs are cleaned up.";
                return new Answer<CleanupBody>(new CleanupBody(message, count), BodiesJson.Plain.CleanupBody);
            case Jobs.NotCleanedUp(var why):
                return new ProblemResult(ProblemMapping.From(why));
            case var other:
                throw new System.Diagnostics.UnreachableException($"{other.GetType().Name} answers no cleanup");
        }
    }
}

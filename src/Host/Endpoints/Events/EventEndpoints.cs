using AkkaComfy.Core.Events;
using AkkaComfy.Host.Endpoints.Listing;
using AkkaComfy.Host.Events;
using AkkaComfy.Host.Http;
using AkkaComfy.Host.OpenApi;
using AkkaComfy.Host.OpenApi.Operations;
using AkkaComfy.Host.Problems;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Endpoints.Events;

/// <summary>Following what happens, as Server-Sent Events.</summary>
internal sealed class EventEndpoints(JobsGateway gateway, JobAnswers answers, JobEvents ofJob, AllEvents ofAll)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/jobs/{id}/events", (string id, HttpRequest request, EventEndpoints self) =>
            self.JobAsync(id, request)).Describe(EventOperations.OfJob);
        routes.MapGet("/api/events", (HttpRequest request, EventEndpoints self) => self.AllAsync(request))
            .Describe(EventOperations.OfAll);
    }

    private async Task<IResult> JobAsync(string id, HttpRequest request)
    {
        var aborted = request.HttpContext.RequestAborted;
        if (EventQuery.Previews(request, out var previews) is { } bad
            || (bad = EventQuery.Heard(request, out int heard)) is not null
            || (bad = Leaving) is not null)
        {
            return new ProblemResult(bad);
        }

        if ((await answers.FindAsync(id, aborted)).Failed(out var problem, out var job))
        {
            return new ProblemResult(problem);
        }

        return job.ExpiredAt is null
            ? await ofJob.AnswerAsync(job, heard, previews, aborted)
            : new ProblemResult(ProblemMapping.Expired(job));
    }

    private async Task<IResult> AllAsync(HttpRequest request)
    {
        var aborted = request.HttpContext.RequestAborted;
        if (EventQuery.Heard(request, out StreamPosition? heard) is { } bad || (bad = Leaving) is not null)
        {
            return new ProblemResult(bad);
        }

        InstanceId? instance = null;
        if (Query.Find(request, "instance") is { } name)
        {
            if (InstanceNames.Resolve(name, await gateway.FleetAsync(aborted), out var id) is { } unclear)
            {
                return new ProblemResult(unclear);
            }

            instance = id;
        }

        WorkflowName? workflow = Query.Find(request, "type") is { } type ? new WorkflowName(type) : null;
        return await ofAll.AnswerAsync(new EventFilter(workflow, instance), heard, aborted);
    }

    private Problem? Leaving => gateway.Leaving.IsCancellationRequested
        ? ProblemMapping.From(new Refusal(
            RefusalReason.ShuttingDown, "The service is shutting down; try again in a while."))
        : null;
}

using AkkaComfy.Core.Workflows;
using AkkaComfy.Host.Endpoints.Bodies;
using AkkaComfy.Host.Http;
using AkkaComfy.Host.OpenApi;
using AkkaComfy.Host.OpenApi.Operations;
using AkkaComfy.Host.Problems;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Endpoints;

/// <summary>What workflows there are, and what they take.</summary>
internal static class WorkflowEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/workflows", All).Describe(WorkflowCatalogOperations.List);
        routes.MapGet("/api/workflows/{name}", One).Describe(WorkflowCatalogOperations.Get);
    }

    private static Answer<WorkflowsBody> All(LiveCatalog catalog) =>
        new(WorkflowBodies.Of(catalog.Now), BodiesJson.Plain.WorkflowsBody);

    private static IResult One(string name, IWorkflowCatalog catalog) =>
        catalog.TryFind(new WorkflowName(name), out var workflow)
            ? new Answer<WorkflowBody>(WorkflowBodies.Of(workflow), BodiesJson.Plain.WorkflowBody)
            : new ProblemResult(ProblemMapping.UnknownWorkflow(name, catalog.All.Select(known => known.Name.Value)));
}

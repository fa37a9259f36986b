using AkkaComfy.Core.Workflows;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AkkaComfy.Host.OpenApi;

/// <summary>In place of the route for any workflow there is one for each that the catalog has now, with its inputs.</summary>
internal sealed class WorkflowOperations(IWorkflowCatalog catalog) : IOpenApiDocumentTransformer
{
    private const string AnyWorkflow = "{workflow}";

    public Task TransformAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var workflows = catalog.All.OrderBy(workflow => workflow.Name.Value, StringComparer.Ordinal).ToList();
        var paths = new OpenApiPaths();
        foreach (var (path, item) in document.Paths.OrderBy(entry => !entry.Key.Contains(AnyWorkflow, StringComparison.Ordinal)))
        {
            if (!path.Contains(AnyWorkflow, StringComparison.Ordinal))
            {
                paths[path] = item;
                continue;
            }

            foreach (var workflow in workflows)
            {
                paths[path.Replace(AnyWorkflow, workflow.Name.Value, StringComparison.Ordinal)] = Of(workflow, item);
            }
        }

        document.Paths = paths;
        return Task.CompletedTask;
    }

    private static OpenApiPathItem Of(Workflow workflow, IOpenApiPathItem any) => new()
    {
        Operations = any.Operations?.ToDictionary(
            operation => operation.Key, operation => Of(workflow, operation.Value)),
    };

    private static OpenApiOperation Of(Workflow workflow, OpenApiOperation any)
    {
        var inputs = workflow.Inputs.Values;
        return new OpenApiOperation(any)
        {
            OperationId = $"{any.OperationId}-{workflow.Name}",
            Summary = $"{workflow.Title}: {any.Summary}",
            Description = string.Join("\n\n", new[] { workflow.Description, any.Description }.Where(text => text is { Length: > 0 })),
            Parameters = [.. (any.Parameters ?? []).Where(parameter => parameter.In != ParameterLocation.Path)],
            RequestBody = new OpenApiRequestBody
            {
                Required = inputs.Any(input => input.Required),
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    [MediaTypes.Form] = InputShapes.Form(inputs),
                    [MediaTypes.Json] = InputShapes.Json(inputs),
                },
            },
        };
    }
}

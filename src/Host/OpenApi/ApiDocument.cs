using System.Reflection;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AkkaComfy.Host.OpenApi;

/// <summary>The service describes itself: <c>/openapi/v1.json</c> for programs, <c>/docs</c> for people.</summary>
internal static class ApiDocument
{
    private const string Name = "v1";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services
        .Configure<JsonOptions>(json => ApiJson.Configure(json.SerializerOptions))
        .AddOpenApi(Name, options =>
        {
            options.CreateSchemaReferenceId = SchemaNames.Of;
            options.AddOperationTransformer<OperationTexts>();
            options.AddDocumentTransformer<WorkflowOperations>();
            options.AddDocumentTransformer(Introduce);
        });

    /// <summary>The pages bring along all they need: they work without any other server.</summary>
    public static void MapApiDocument(this WebApplication app)
    {
        app.MapOpenApi();
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = "AkkaComfy";
            page.SwaggerEndpoint($"../openapi/{Name}.json", "AkkaComfy");
            page.ConfigObject.ValidatorUrl = null;
            page.EnableTryItOutByDefault();
            page.DisplayRequestDuration();
        });
    }

    private static Task Introduce(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "AkkaComfy",
            Version = typeof(ApiDocument).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
                .InformationalVersion.Split('+')[0],
            Description = "A gateway in front of any number of ComfyUI instances: an image and the name of a workflow "
                + "go in, the result comes out, at once or as a job to follow.",
            License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
        };
        document.Tags = Tags.All.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }).ToHashSet();
        return Task.CompletedTask;
    }
}

using System.Text.Json;
using System.Text.RegularExpressions;
using AkkaComfy.Host.Tests.Service;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace AkkaComfy.Host.Tests.OpenApi;

public sealed class ApiDocumentTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private RunningService Service => fixture.Service;

    [Fact]
    public async Task The_document_is_read_without_an_error_or_a_warning()
    {
        var read = OpenApiDocument.Parse(await Service.Http.GetStringAsync("/openapi/v1.json"), "json");

        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Equal("AkkaComfy", read.Document!.Info.Title);
    }

    [Fact]
    public async Task Every_route_is_in_the_document_and_nothing_else_is()
    {
        var contract = await ContractAsync();
        var workflows = (await Service.GetAsync("/api/workflows")).GetProperty("workflows").EnumerateArray()
            .Select(workflow => workflow.GetProperty("name").GetString()!).ToList();

        var mapped =
            from endpoint in Service.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            // The document itself, and pages for people.
            where endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is not { ExcludeFromDescription: true }
            from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
            let route = "/" + Regex.Replace(endpoint.RoutePattern.RawText!.Trim('/'), "{(?<name>[a-zA-Z]+):[^}]+}", "{${name}}", RegexOptions.None, Patience)
            from path in route.Contains("{workflow}", StringComparison.Ordinal)
                ? workflows.Select(name => route.Replace("{workflow}", name, StringComparison.Ordinal))
                : [route]
            select $"{method} {path}";

        Assert.Equal(
            mapped.Order(StringComparer.Ordinal),
            contract.Operations.Select(operation => $"{operation.Method} {operation.Path}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_operation_is_described()
    {
        var operations = (await ContractAsync()).Operations.ToList();

        Assert.All(operations, operation =>
        {
            Assert.NotEqual("", operation.Operation.GetProperty("summary").GetString());
            Assert.Single(operation.Operation.GetProperty("tags").EnumerateArray());
            Assert.NotEmpty(operation.Operation.GetProperty("responses").EnumerateObject());
        });
        Assert.Equal(
            operations.Count,
            operations.Select(operation => operation.Operation.GetProperty("operationId").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task Every_example_fits_its_schema()
    {
        var contract = await ContractAsync();

        var examples =
            from operation in contract.Operations
            from media in MediaOf(operation.Operation)
            where media.TryGetProperty("example", out _)
            select contract.Misfits(media.GetProperty("example"), media.GetProperty("schema"));

        Assert.NotEmpty(examples);
        Assert.All(examples, misfits => Assert.Empty(misfits));
    }

    [Fact]
    public async Task Every_workflow_takes_the_example_of_its_operation()
    {
        foreach (var (method, path, operation) in (await ContractAsync()).Operations
            .Where(operation => operation.Path.StartsWith("/api/async/", StringComparison.Ordinal)))
        {
            var example = operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json")
                .GetProperty("example").GetRawText();
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Content = new StringContent(example, null, "application/json");
            using var accepted = await Service.Http.SendAsync(request);

            Assert.Equal((path, 202), (path, (int)accepted.StatusCode));
        }
    }

    private static IEnumerable<JsonElement> MediaOf(JsonElement operation)
    {
        var bodies = operation.GetProperty("responses").EnumerateObject().Select(response => response.Value);
        if (operation.TryGetProperty("requestBody", out var request))
        {
            bodies = bodies.Append(request);
        }

        return bodies
            .Where(body => body.TryGetProperty("content", out _))
            .SelectMany(body => body.GetProperty("content").EnumerateObject().Select(media => media.Value));
    }

    private async Task<ApiContract> ContractAsync() => new(await Service.GetAsync("/openapi/v1.json"));
}

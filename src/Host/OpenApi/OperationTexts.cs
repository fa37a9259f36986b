using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AkkaComfy.Host.OpenApi;

/// <summary>Writes each endpoint's <see cref="OperationText"/> into its operation.</summary>
internal sealed class OperationTexts : IOpenApiOperationTransformer
{
    public async Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<OperationText>().LastOrDefault() is not { } text)
        {
            return;
        }

        operation.OperationId = context.Description.HttpMethod == HttpMethods.Head ? $"{text.Id}Head" : text.Id;
        operation.Summary = text.Summary;
        operation.Description = text.Details;
        operation.Tags = new HashSet<OpenApiTagReference> { new(text.Tag, context.Document) };
        operation.Parameters = [.. operation.Parameters ?? [], .. text.Parameters.Select(Parameter)];
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>())
        {
            parameter.Description ??= PathParameters.GetValueOrDefault(parameter.Name!);
        }

        // Not by metadata of the endpoint: routing would then pass by a request of another type, to who knows where.
        if (text.Body is { } body)
        {
            operation.RequestBody = Request(
                body, await context.GetOrCreateSchemaAsync(body.Type!, cancellationToken: cancellationToken));
        }

        operation.Responses = Responses(operation.Responses ?? [], text, context.Document!);
    }

    private static readonly Dictionary<string, string> PathParameters = new(StringComparer.Ordinal)
    {
        ["id"] = "The id, as the answer that named it spelled it.",
        ["n"] = "The number of the output, from 0.",
        ["name"] = "The name of the workflow's folder.",
        ["workflow"] = "The name of the workflow's folder.",
    };

    private static OpenApiParameter Parameter(ParameterText text) => new()
    {
        In = text.Where,
        Name = text.Name,
        Description = text.Description,
        Schema = text.Schema,
    };

    private static OpenApiRequestBody Request(AnswerText body, OpenApiSchema schema) => new()
    {
        Description = body.Description,
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            [body.MediaType] = new OpenApiMediaType { Schema = schema, Example = body.Example?.DeepClone() },
        },
    };

    private static OpenApiResponses Responses(OpenApiResponses made, OperationText text, OpenApiDocument document)
    {
        var responses = new OpenApiResponses();
        foreach (var answer in text.Answered)
        {
            var response = Response(responses, made, $"{answer.Status}");
            response.Description = Join(response.Description, answer.Description);
            response.Content ??= new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal);
            if (answer.Type is null)
            {
                response.Content[answer.MediaType] = new OpenApiMediaType { Schema = Shapes.Of(answer.MediaType) };
            }
            else if (response.Content[answer.MediaType] is { Example: not null } other)
            {
                other.Schema = new OpenApiSchema
                {
                    OneOf = [other.Schema!, new OpenApiSchemaReference(SchemaNames.Of(answer.Type), document)],
                };
            }
            else
            {
                Exemplify(response.Content, answer);
            }
        }

        foreach (var problems in text.Problems.GroupBy(problem => problem.Meaning.Status).OrderBy(group => group.Key))
        {
            var response = Response(responses, made, $"{problems.Key}");
            response.Description = Join(response.Description, Meaning(problems));
            AddCodes(response, problems.Select(problem => problem.Code));
            Exemplify(response.Content!, ProblemExamples.Of(problems.First()));
        }

        responses["default"] = AnyOther(document);
        return responses;
    }

    /// <summary>The response of that status, with the schemas that were made for it.</summary>
    private static OpenApiResponse Response(OpenApiResponses responses, OpenApiResponses made, string status)
    {
        if (responses.TryGetValue(status, out var there))
        {
            return (OpenApiResponse)there;
        }

        var content = made.TryGetValue(status, out var found) ? found.Content : null;
        var response = new OpenApiResponse { Content = content is null ? null : new Dictionary<string, OpenApiMediaType>(content) };
        responses[status] = response;
        return response;
    }

    private static OpenApiResponse AnyOther(OpenApiDocument document)
    {
        var response = new OpenApiResponse
        {
            Description = Meaning(ProblemCodes.OfAny.Select(code => ((string?)code, ProblemCodes.All[code]))),
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [MediaTypes.Problem] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(SchemaNames.Of(typeof(ProblemBody)), document) },
            },
        };
        AddCodes(response, ProblemCodes.OfAny);
        return response;
    }

    private static void Exemplify(IDictionary<string, OpenApiMediaType> content, AnswerText answer)
    {
        if (answer.Example is not null && content.TryGetValue(answer.MediaType, out var media)
            && media is { } concrete)
        {
            concrete.Example = answer.Example.DeepClone();
        }
    }

    private static string Meaning(IEnumerable<(string? Code, ProblemCode Meaning)> problems) =>
        string.Join('\n', problems.Select(problem => problem.Code is { } code
            ? $"- `{code}`: {problem.Meaning.Meaning}"
            : $"- with the code of the job's own error: {problem.Meaning.Meaning}"));

    /// <summary>Where any code may come, none are listed.</summary>
    private static void AddCodes(OpenApiResponse response, IEnumerable<string?> codes)
    {
        if (codes.All(code => code is not null))
        {
            response.AddExtension("x-codes", new JsonNodeExtension(new JsonArray([.. codes.Select(code => (JsonNode)code!)])));
        }
    }

    private static string Join(string? one, string other) => string.IsNullOrEmpty(one) ? other : $"{one}\n{other}";
}

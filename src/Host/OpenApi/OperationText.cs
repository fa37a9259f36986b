using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace AkkaComfy.Host.OpenApi;

/// <summary>What the document says of an operation beside what its route says already.</summary>
/// <param name="Id">In camelCase, unique.</param>
/// <param name="Summary">A few words, without a full stop.</param>
internal sealed record OperationText(string Tag, string Id, string Summary)
{
    public string? Details { get; init; }

    public ImmutableList<ParameterText> Parameters { get; private init; } = [];

    public ImmutableList<AnswerText> Answered { get; private init; } = [];

    /// <summary>The problems it is known for; one without a code has that of the job's own error.</summary>
    public ImmutableList<(string? Code, ProblemCode Meaning)> Problems { get; private init; } = [];

    /// <summary>The JSON that it takes; null where it takes none, or where that depends.</summary>
    public AnswerText? Body { get; private init; }

    public OperationText Says(string details) => this with { Details = details };

    public OperationText Query(string name, string description, OpenApiSchema? schema = null) =>
        With(ParameterLocation.Query, name, description, schema);

    public OperationText Header(string name, string description, OpenApiSchema? schema = null) =>
        With(ParameterLocation.Header, name, description, schema);

    /// <summary>A JSON body, by an example that is one.</summary>
    public OperationText Takes<T>(string description, T example) =>
        this with { Body = new AnswerText(0, description, MediaTypes.Json, typeof(T), ToNode(example)) };

    /// <summary>A JSON answer, by an example that is one.</summary>
    public OperationText Answers<T>(T example, int status = StatusCodes.Status200OK, string description = "Done.") =>
        With(new AnswerText(status, description, MediaTypes.Json, typeof(T), ToNode(example)));

    /// <summary>Bytes, a stream or a text.</summary>
    public OperationText AnswersWith(string mediaType, string description, int status = StatusCodes.Status200OK) =>
        With(new AnswerText(status, description, mediaType, null, null));

    /// <param name="codes">Of those in <see cref="ProblemCodes"/>.</param>
    public OperationText Fails(params string[] codes) =>
        this with { Problems = Problems.AddRange(codes.Select(code => ((string?)code, ProblemCodes.All[code]))) };

    public OperationText FailsAsItsJob() =>
        this with { Problems = Problems.AddRange(ProblemCodes.OfFailedJobs.Select(problem => ((string?)null, problem))) };

    private OperationText With(AnswerText answer) => this with { Answered = Answered.Add(answer) };

    private OperationText With(ParameterLocation where, string name, string description, OpenApiSchema? schema) =>
        this with { Parameters = Parameters.Add(new ParameterText(where, name, description, schema ?? Shapes.Text())) };

    private static JsonNode ToNode<T>(T example) => JsonSerializer.SerializeToNode(example, ApiJson.Options)!;
}

/// <summary>A parameter that the route does not name.</summary>
internal sealed record ParameterText(ParameterLocation Where, string Name, string Description, OpenApiSchema Schema);

/// <summary>One way in which an operation answers.</summary>
/// <param name="Type">Of its JSON; null for what is no JSON.</param>
internal sealed record AnswerText(int Status, string Description, string MediaType, Type? Type, JsonNode? Example);

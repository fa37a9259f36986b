using System.Text.Json.Serialization;

namespace AkkaComfy.Host.OpenApi;

/// <summary>The shape of what <see cref="Problems.ProblemResult"/> writes, for the document.</summary>
internal sealed record ProblemBody(
    string Type, string Title, int Status, string Detail, string Instance, string Code, string Error, string RequestId)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? JobId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NodeId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NodeType { get; init; }

    /// <summary>What is wrong with each field.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Dictionary<string, string[]>? Errors { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProblemLack[]? Missing { get; init; }
}

/// <summary>What one instance lacks for a workflow.</summary>
internal sealed record ProblemLack(string Instance, string[] Nodes, string[] Models, string[] Tags);

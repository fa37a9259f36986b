using System.Text.Json.Serialization;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Core.Workflows.Checking;

namespace AkkaComfy.Host.Commands.Workflows;

/// <summary>What is wrong with a workflow.</summary>
/// <param name="Instance">Which instance says so; null for what the files show by themselves.</param>
internal sealed record WorkflowIssueReport(
    [property: JsonConverter(typeof(SeverityConverter))] IssueSeverity Severity,
    string? Instance, string File, string Place, string Reason)
{
    public static WorkflowIssueReport Of(WorkflowProblem problem) =>
        new(IssueSeverity.Error, null, problem.File, problem.Place, problem.Reason);

    public override string ToString()
    {
        var where = string.Join(", ", new[] { Instance, File, Place }.Where(part => !string.IsNullOrEmpty(part)));
        return $"{SeverityConverter.NameOf(Severity)}: {where}: {Reason}";
    }
}

/// <summary>One workflow, checked.</summary>
/// <param name="Version">Null for a folder that is none.</param>
internal sealed record WorkflowReport(string Name, string? Version, WorkflowIssueReport[] Issues)
{
    public bool Ok => Version is not null && Issues.All(issue => issue.Severity != IssueSeverity.Error);
}

/// <summary>One instance that was asked.</summary>
/// <param name="Why">It did not answer; null when it did.</param>
internal sealed record InstanceReport(string Host, bool Answered, string? Why);

/// <summary>All workflows of a directory, checked.</summary>
internal sealed record WorkflowCheckReport(string Directory, WorkflowReport[] Workflows, InstanceReport[] Instances)
{
    /// <summary>No errors, and where instances were to be asked, one was.</summary>
    public bool Ok => Workflows.Length > 0 && Workflows.All(workflow => workflow.Ok)
        && (Instances.Length == 0 || Instances.Any(instance => instance.Answered));

    /// <summary>For people.</summary>
    [JsonIgnore]
    public IEnumerable<string> Lines =>
    [
        .. Workflows.Length == 0 ? [$"There is no workflow's folder in {Directory}."] : Array.Empty<string>(),
        .. Workflows.SelectMany(workflow => workflow.Issues.Select(issue => $"  {issue}").Prepend(
            $"{workflow.Name}: {(workflow.Ok ? "ok" : "cannot be used")}")),
        .. Instances.Where(instance => !instance.Answered).Select(
            instance => $"{instance.Host} did not answer: {instance.Why}"),
    ];
}

/// <summary>Severities as other words of the API are spelt.</summary>
internal sealed class SeverityConverter() : JsonStringEnumConverter<IssueSeverity>(System.Text.Json.JsonNamingPolicy.SnakeCaseLower)
{
    public static string NameOf(IssueSeverity severity) => severity == IssueSeverity.Error ? "error" : "warning";
}

/// <summary>How the reports become JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WorkflowInitReport))]
[JsonSerializable(typeof(WorkflowCheckReport))]
internal sealed partial class WorkflowReportsJson : JsonSerializerContext;

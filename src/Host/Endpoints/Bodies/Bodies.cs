using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AkkaComfy.Host.Endpoints.Bodies;

/// <summary>The answer to an accepted async submission.</summary>
internal sealed record AcceptedBody(
    string JobId,
    string Status,
    string Message,
    string EstimatedCompletionTime,
    double? EstimatedCompletionSeconds,
    int? QueuePosition,
    string StatusUrl,
    string ResultUrl,
    string EventsUrl);

/// <summary>Where a job is, and how far.</summary>
/// <param name="Version">Grows with each recorded change of the job, and never with mere progress: it survives restarts.</param>
internal record StatusBody(
    string JobId,
    string Status,
    string Type,
    int Version,
    DateTime CreatedAt,
    DateTime? StartedAt,
    DateTime? CompletedAt,
    int? QueuePosition,
    double? ProcessingTimeSeconds,
    double? EstimatedRemainingTimeSeconds,
    int ProgressPercentage,
    NodeBody? CurrentNode,
    string? ComfyuiInstance,
    int Attempt,
    string? Error,
    string? ErrorCode);

/// <summary>The node that runs.</summary>
internal sealed record NodeBody(string Id, string? ClassType);

/// <summary>The answer to a cancellation that was taken on.</summary>
internal sealed record CancelBody(string JobId, string Message, string StatusUrl);

/// <summary>One instance, live.</summary>
/// <param name="Utilization">Active jobs over the most it may have, 0 to 1.</param>
/// <param name="Connections">The state of each WebSocket.</param>
/// <param name="NodesReadAt">When its nodes and models were last read; null while they are not known.</param>
/// <param name="Missing">The workflows that it cannot run.</param>
/// <param name="Server">Null until it first answered.</param>
/// <param name="CircuitHistory">The last transitions of its circuit, newest first.</param>
internal sealed record InstanceBody(
    string Id,
    string Host,
    string State,
    string Circuit,
    int ActiveJobs,
    int MaxJobs,
    double Utilization,
    int Weight,
    string[] Tags,
    DateTime? LastCheckAt,
    string? LastFault,
    string[] Connections,
    DateTime? NodesReadAt,
    MissingBody[] Missing,
    ServerBody? Server,
    CircuitChangeBody[] CircuitHistory);

/// <summary>What a ComfyUI said of itself when it last answered; sizes in bytes, null where it does not tell.</summary>
internal sealed record ServerBody(
    DateTime ReadAt,
    string? ComfyuiVersion,
    string? PythonVersion,
    string? PytorchVersion,
    string? Os,
    long? RamTotal,
    long? RamFree,
    DeviceBody[] Devices);

/// <summary>A device that a ComfyUI computes on.</summary>
internal sealed record DeviceBody(string Name, string Type, long? VramTotal, long? VramFree);

/// <summary>One transition of a circuit.</summary>
/// <param name="Why">What was last found wrong; null when all is well.</param>
/// <param name="AfterSeconds">How long the phase before it lasted.</param>
internal sealed record CircuitChangeBody(string From, string To, string? Why, DateTime At, double AfterSeconds);

/// <summary>What an instance lacks for one workflow.</summary>
internal sealed record MissingBody(string Workflow, string[] Nodes, string[] Models, string[] Tags);

/// <summary>The fleet, live.</summary>
internal sealed record InstancesBody(InstanceBody[] Instances);

/// <summary>What the processor of jobs does.</summary>
internal sealed record ProcessorBody(
    bool IsRunning,
    int ActiveJobs,
    int MaxConcurrentJobs,
    int MaxJobsPerInstance,
    int PendingJobs,
    InstanceBody[] Instances);

/// <summary>The health of the service.</summary>
internal sealed record HealthBody(
    string Status, DateTime Timestamp, double UptimeSeconds, InstanceBody[] Instances);

/// <summary>Whether the service lives, or is ready.</summary>
internal sealed record ProbeBody(string Status);

/// <summary>One workflow.</summary>
internal sealed record WorkflowBody(
    string Name,
    string Title,
    string Description,
    string Version,
    string SubmitUrl,
    Dictionary<string, InputBody> Inputs,
    OutputNodeBody[] Outputs);

/// <summary>One input of a workflow; members that do not apply to its type are left out.</summary>
internal sealed record InputBody(string Type, bool Required)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Description { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public object? Default { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Minimum { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Maximum { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MinLength { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaxLength { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string[]? Values { get; init; }
}

/// <summary>A node whose files are a workflow's result.</summary>
internal sealed record OutputNodeBody(string Node, string? Name);

/// <summary>A folder that is no workflow as it is now.</summary>
/// <param name="ServedVersion">What it held before, which is still served; null for nothing.</param>
internal sealed record RefusedFolderBody(
    string Name, string? ServedVersion, DateTime RefusedAt, WorkflowProblemBody[] Problems);

/// <summary>Why it is none.</summary>
/// <param name="Place">Where in the file, as a dotted path; empty for the file as a whole.</param>
internal sealed record WorkflowProblemBody(string File, string Place, string Reason);

/// <summary>All workflows.</summary>
internal sealed record WorkflowsBody(WorkflowBody[] Workflows, RefusedFolderBody[] Refused);

/// <summary>How the bodies become JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AcceptedBody))]
[JsonSerializable(typeof(StatusBody))]
[JsonSerializable(typeof(CancelBody))]
[JsonSerializable(typeof(ProgressEventBody))]
[JsonSerializable(typeof(PreviewEventBody))]
[JsonSerializable(typeof(RemovedEventBody))]
[JsonSerializable(typeof(ResetEventBody))]
[JsonSerializable(typeof(JobInfoBody))]
[JsonSerializable(typeof(JobListBody))]
[JsonSerializable(typeof(JobStatsBody))]
[JsonSerializable(typeof(DeletedBody))]
[JsonSerializable(typeof(CleanupBody))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(InstanceBody))]
[JsonSerializable(typeof(InstancesBody))]
[JsonSerializable(typeof(ProcessorBody))]
[JsonSerializable(typeof(HealthBody))]
[JsonSerializable(typeof(MetricsBody))]
[JsonSerializable(typeof(ProbeBody))]
[JsonSerializable(typeof(WorkflowBody))]
[JsonSerializable(typeof(WorkflowsBody))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(decimal))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(bool))]
internal sealed partial class BodiesJson : JsonSerializerContext
{
    /// <summary>Nothing is embedded in HTML: only what JSON itself demands is escaped.</summary>
    public static BodiesJson Plain { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

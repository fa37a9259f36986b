using AkkaComfy.Host.Http;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Endpoints.Bodies;

/// <summary>How far a running job is.</summary>
internal sealed record ProgressEventBody(
    string JobId, string Status, string Type, int ProgressPercentage, NodeBody? CurrentNode, string ComfyuiInstance,
    int Attempt);

/// <summary>What a running job is making.</summary>
/// <param name="ImageBase64">A data URL.</param>
internal sealed record PreviewEventBody(
    string JobId, int Attempt, string? NodeId, string MediaType, string ImageBase64);

/// <summary>A job whose files are gone.</summary>
/// <param name="Reason">expired or deleted.</param>
internal sealed record RemovedEventBody(string JobId, string Type, int Version, string Reason);

/// <summary>The stream begins anew from how things are.</summary>
internal sealed record ResetEventBody(string Reason);

/// <summary>Events as clients see them: pure translations.</summary>
internal static class EventBodies
{
    private const int Done = 100;

    /// <summary>As a status says it, as far as the step itself tells.</summary>
    public static StatusBody Status(LiveEvents.JobChanged job)
    {
        var (placed, running) = (job.Phase is not JobPhase.Pending, job.Phase is JobPhase.Processing);
        var error = job.Phase is JobPhase.Failed ? job.Error : null;
        return new StatusBody(
            job.JobId.ToString(), SnakeCase.Of(job.Phase), job.Workflow.Value, job.Version,
            job.CreatedAt.UtcDateTime, placed ? job.StartedAt?.UtcDateTime : null, job.EndedAt?.UtcDateTime,
            QueuePosition: null, placed ? ProcessingSeconds(job) : null, EstimatedRemainingTimeSeconds: null,
            Percentage(job), running ? Node(job.Progress) : null, placed ? job.On?.Value : null, job.Attempt,
            error?.Message, error?.Code);
    }

    public static ProgressEventBody Progress(LiveEvents.JobProgressed job) => new(
        job.JobId.ToString(), SnakeCase.Of(JobPhase.Processing), job.Workflow.Value,
        Math.Min(job.Progress.Percentage, Done - 1), Node(job.Progress), job.On.Value, job.Attempt);

    public static PreviewEventBody Preview(LiveEvents.JobPreviewed preview) => new(
        preview.JobId.ToString(), preview.Attempt, preview.NodeId, preview.MediaType,
        $"data:{preview.MediaType};base64,{Convert.ToBase64String(preview.Image.Span)}");

    public static RemovedEventBody Removed(LiveEvents.JobChanged job) =>
        new(job.JobId.ToString(), job.Workflow.Value, job.Version, SnakeCase.Of(job.Step));

    private static int Percentage(LiveEvents.JobChanged job) => job.Phase switch
    {
        JobPhase.Completed => Done,
        JobPhase.Processing => Math.Min(job.Progress?.Percentage ?? 0, Done - 1),
        _ => 0,
    };

    private static NodeBody? Node(JobProgress? progress) =>
        progress?.Node is { } node ? new NodeBody(node.Id, node.ClassType) : null;

    private static double? ProcessingSeconds(LiveEvents.JobChanged job) =>
        (job.StartedAt ?? job.DispatchedAt) is { } begun
            ? Math.Round(Math.Max(0, ((job.EndedAt ?? job.At) - begun).TotalSeconds), 3)
            : null;
}

using System.Text.Json;

namespace AkkaComfy.Host.Commands.Client;

/// <summary>What an answer or an event says of a job; null for what it does not mention.</summary>
internal sealed record JobNews(
    string? Status,
    int? Version,
    int? Percentage,
    int? QueuePosition,
    string? Instance,
    double? Seconds,
    string? Error,
    string? ErrorCode)
{
    public bool HasEnded => Status is "completed" or "failed" or "cancelled";

    public static JobNews Of(JsonElement told) => new(
        told.Text("status"), told.Integer("version"), told.Integer("progress_percentage"),
        told.Integer("queue_position"), told.Text("comfyui_instance"), told.Number("processing_time_seconds"),
        told.Text("error"), told.Text("error_code"));
}

namespace AkkaComfy.Host.Commands.Run;

/// <summary>How one job went, for programs.</summary>
internal sealed record RunResult(
    string Workflow,
    string[] Files,
    string? JobId,
    string Status,
    string? Instance,
    double? ProcessingTimeSeconds,
    SavedOutput[] Outputs,
    string? Error,
    string? Code)
{
    public static RunResult Of(RunItem item) => new(
        item.Workflow, [.. item.Images.Select(image => image.Path)], item.JobId, item.Status, item.Instance,
        item.Seconds, [.. item.Outputs], item.Failure?.Message, item.Failure?.Code);
}

using System.Globalization;
using System.Text.Json;
using AkkaComfy.Host.Commands.Client;
using AkkaComfy.Host.Commands.Output;

namespace AkkaComfy.Host.Commands.Manage;

/// <summary>Jobs as people see them.</summary>
internal static class JobSheets
{
    public static Sheet List(JsonElement page) => page.Items("jobs").Aggregate(
        new Sheet("Job", "Status", "Workflow", "Done", "Instance", "Try", "Created", "Error"),
        (sheet, job) => sheet.Add(
            job.Text("job_id"), job.Text("status"), job.Text("type"), Percent(job), job.Text("comfyui_instance"),
            job.Integer("attempt")?.ToString(CultureInfo.InvariantCulture), Moment.Full(job.Text("created_at")),
            job.Text("error")));

    /// <summary>Everything about one job, a line for each thing.</summary>
    public static Sheet Facts(JsonElement info)
    {
        var sheet = new Sheet("Job", "")
            .Add("id", info.Text("job_id"))
            .Add("status", info.Text("status"))
            .Add("workflow", info.Text("type"))
            .Add("done", Percent(info))
            .Add("created", Moment.Full(info.Text("created_at")))
            .Add("started", Moment.Full(info.Text("started_at")))
            .Add("ended", Moment.Full(info.Text("completed_at")))
            .Add("expires", Moment.Full(info.Text("expires_at")))
            .Add("error", info.Text("error"));
        foreach (var input in info.Members("inputs"))
        {
            sheet.Add($"input {input.Name}", Input(input.Value));
        }

        return sheet;
    }

    public static Sheet Attempts(JsonElement info) => info.Items("attempts").Aggregate(
        new Sheet("Try", "Instance", "Prompt", "Dispatched", "Started", "Ended", "Outcome", "Fault"),
        (sheet, attempt) => sheet.Add(
            attempt.Integer("number")?.ToString(CultureInfo.InvariantCulture), attempt.Text("instance"),
            attempt.Text("prompt_id"), Moment.Full(attempt.Text("dispatched_at")),
            Moment.Full(attempt.Text("started_at")), Moment.Full(attempt.Text("ended_at")),
            attempt.Text("outcome"), attempt.Member("fault")?.Text("message")));

    public static Sheet Outputs(JsonElement info) => info.Items("outputs").Aggregate(
        new Sheet("Output", "Kind", "Type", "Bytes", "Address"),
        (sheet, output) => sheet.Add(
            output.Text("filename"), output.Text("kind"), output.Text("media_type"),
            output.Number("size")?.ToString(CultureInfo.InvariantCulture), output.Text("url")));

    public static string? Percent(JsonElement job) =>
        job.Integer("progress_percentage") is { } done ? $"{done} %" : null;

    private static string Input(JsonElement input)
    {
        var (width, height) = (input.Integer("width"), input.Integer("height"));
        return input.Member("value") is { } value
            ? value.ToString()
            : $"{input.Text("media_type")} {width} x {height}, {input.Number("size")} bytes";
    }
}

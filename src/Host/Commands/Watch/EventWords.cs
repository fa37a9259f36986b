using System.Text.Json;
using AkkaComfy.Host.Commands.Client;
using AkkaComfy.Host.Commands.Manage;
using AkkaComfy.Host.Commands.Output;

namespace AkkaComfy.Host.Commands.Watch;

/// <summary>Events as people read them: what happened to whom, in one line.</summary>
internal static class EventWords
{
    public static string Of(string name, JsonElement told) => string.Join(
        "  ", Parts(name, told).Where(part => !string.IsNullOrEmpty(part)));

    private static IEnumerable<string?> Parts(string name, JsonElement told)
    {
        yield return Moment.OfDay(told.Text("at") ?? told.Text("timestamp"));
        yield return name;
        yield return told.Text("job_id") ?? told.Text("id");
        yield return told.Text("type");
        yield return told.Text("status") ?? told.Text("state");
        yield return JobSheets.Percent(told);
        yield return told.Text("comfyui_instance") is { } instance ? $"on {instance}" : null;
        yield return told.Text("circuit") is { } circuit ? $"circuit {circuit}" : null;
        yield return told.Integer("active_jobs") is { } active ? $"{active} of {told.Integer("max_jobs")} jobs" : null;
        yield return told.Text("error") ?? told.Text("last_fault") ?? told.Text("reason");
    }
}

using System.CommandLine;
using System.Text.Json;
using AkkaComfy.Host.Commands.Arguments;
using AkkaComfy.Host.Commands.Client;
using AkkaComfy.Host.Commands.Output;

namespace AkkaComfy.Host.Commands.Manage;

/// <summary>The jobs of a running service: listed, shown, cancelled, deleted.</summary>
internal static class JobsCommand
{
    public static Command Create(ServiceOptions service)
    {
        var filters = new JobFilters();
        var jobs = List(service, filters, "jobs", "List jobs, newest first; or show, cancel or delete one");
        jobs.Add(List(service, filters, "list", "List jobs, newest first"));
        jobs.Add(One(service, "show", "Show everything about a job", Show,
            (client, path, aborted) => client.GetAsync($"{path}/info", aborted)));
        jobs.Add(One(service, "cancel", "Cancel a job: pending, it never starts; running, it is interrupted", Say,
            (client, path, aborted) => client.PostAsync($"{path}/cancel", aborted)));
        jobs.Add(One(service, "delete", "Delete a job and its files; one that runs is cancelled first", Say,
            (client, path, aborted) => client.DeleteAsync(path, aborted)));
        return jobs;
    }

    private static AskCommand List(
        ServiceOptions service, JobFilters filters, string name, string description) => new AskCommand(
        service, name, description,
        (parsed, with) => with.Client.GetAsync($"api/jobs/list?{filters.QueryIn(parsed)}", with.Asked),
        ShowList).With(filters.Options);

    private static void ShowList(Screen screen, JsonElement page)
    {
        screen.Show(JobSheets.List(page));
        var (shown, total) = (page.Items("jobs").Count(), page.Integer("total"));
        if (total > shown)
        {
            screen.Say($"{shown} of {total} jobs: --limit shows more.");
        }
    }

    private static AskCommand One(
        ServiceOptions service, string name, string description, Action<Screen, JsonElement> show,
        Func<ServiceClient, string, CancellationToken, Task<JsonElement>> ask)
    {
        var id = new Argument<string>("id") { Description = "The job's id" };
        return new AskCommand(
            service, name, description,
            (parsed, with) => ask(
                with.Client, $"api/jobs/{ServiceClient.Escaped(parsed.GetRequiredValue(id))}", with.Asked),
            show).With(id);
    }

    private static void Show(Screen screen, JsonElement info)
    {
        screen.Show(JobSheets.Facts(info));
        screen.ShowUnlessEmpty(JobSheets.Attempts(info));
        screen.ShowUnlessEmpty(JobSheets.Outputs(info));
    }

    private static void Say(Screen screen, JsonElement answer) =>
        screen.Say(answer.Text("message") ?? answer.ToString());
}

using System.Text.Json;
using AkkaComfy.Host.Commands.Client;
using AkkaComfy.Host.Commands.Manage;
using AkkaComfy.Host.Commands.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AkkaComfy.Host.Commands.Watch;

/// <summary>The fleet and its latest jobs, drawn anew every second.</summary>
internal sealed class FleetView(Conversation with, Patience patience, TimeProvider time)
{
    private const int Jobs = 15;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    public async Task ShowAsync()
    {
        // Who is not there from the start is told at once.
        var drawn = await DrawAsync();
        await with.Screen.Console.Live(drawn).StartAsync(async live =>
        {
            using var tick = new PeriodicTimer(Every, time);
            var outage = patience.Of(time);
            while (await tick.WaitForNextTickAsync(with.Asked))
            {
                try
                {
                    drawn = await DrawAsync();
                    outage = patience.Of(time);
                    live.UpdateTarget(drawn);
                }
                catch (CommandException away) when (away is OutOfReachException or RefusedException { IsPassing: true })
                {
                    live.UpdateTarget(new Rows(drawn, new Text(PlainText.Of(away.Message), new Style(Color.Red))));
                    await outage.WaitAsync((away as RefusedException)?.RetryAfter, away, with.Asked);
                }
            }
        });
    }

    private async Task<IRenderable> DrawAsync()
    {
        var fleet = await with.Client.GetAsync("api/instances", with.Asked);
        var stats = await with.Client.GetAsync("api/jobs/stats", with.Asked);
        var jobs = await with.Client.GetAsync($"api/jobs/list?limit={Jobs}", with.Asked);
        return new Rows(
            new Text($"{with.Client.Address}   {Counts(stats)}"),
            Screen.Drawn(InstanceSheets.List(fleet)),
            Screen.Drawn(JobSheets.List(jobs)));
    }

    private static string Counts(JsonElement stats) =>
        string.Join(", ", stats.Members("by_status").Select(count => $"{count.Value} {count.Name}"));
}

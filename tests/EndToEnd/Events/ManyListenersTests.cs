using AkkaComfy.Host.Tests.Service;
using Xunit.Abstractions;

namespace AkkaComfy.EndToEnd.Events;

public sealed class ManyListenersTests(ITestOutputHelper output)
{
    private const int Listeners = 2_000;
    private const long MaxGrowth = 200L << 20;
    private const int AtOnce = 100;

    [LinuxFact]
    public async Task Two_thousand_who_follow_one_job_all_hear_its_end_and_cost_less_than_200_MB()
    {
        // A percent every three seconds, and no end before it is told to.
        await using var fleet = await Fleet.StartAsync(100_000, "workflows", "--progress-steps", "1000");
        using var http = new HttpClient { BaseAddress = fleet.Address, Timeout = TimeSpan.FromMinutes(2) };
        var job = await fleet.AcceptAsync("remove-background", Photos.Numbered(1));
        await using var first = await OpenAsync();
        await first.UntilAsync(said => said.Event == "progress");
        var before = fleet.Service.Memory("VmRSS");

        var streams = await OpenManyAsync();
        var middles = await Task.WhenAll(streams.Select(stream => stream.UntilAsync(said => said.Event == "progress")));
        var during = fleet.Service.Memory("VmRSS");
        await fleet.CancelAsync(job);
        var ends = await Task.WhenAll(streams.Select(stream => stream.RestAsync()));
        var most = fleet.Service.Memory("VmHWM");

        Assert.All(middles, heard => Assert.Equal("status", heard[0].Event));
        Assert.All(ends, heard => Assert.Equal("cancelled", heard[^1].Event));
        output.WriteLine(
            $"{Listeners} listeners: {Megabytes(before)} MB before, {Megabytes(during)} MB with them, "
            + $"{Megabytes(most)} MB at most");
        Assert.InRange(most - before, 0, MaxGrowth);
        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }

        Task<EventListener> OpenAsync() => EventListener.OpenAsync(http, $"/api/jobs/{job}/events");

        async Task<List<EventListener>> OpenManyAsync()
        {
            var open = new List<EventListener>();
            while (open.Count < Listeners)
            {
                open.AddRange(await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => OpenAsync())));
            }

            return open;
        }
    }

    private static long Megabytes(long bytes) => bytes >> 20;
}

using System.Globalization;
using AkkaComfy.EndToEnd.Crashes;
using Xunit.Abstractions;

namespace AkkaComfy.EndToEnd;

/// <summary>The service is killed again and again under load; its instances keep the books.</summary>
/// <remarks>
/// <c>CRASH_KILLS</c> says how often (8 unless told), <c>CRASH_SEED</c> chooses the moments. A third of the kills are
/// aimed, by relays between the service and its instances that hold the traffic at the point of the kill.
/// </remarks>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int NodeMilliseconds = 60;
    private const int LatestArrival = 6;
    private const int LatestMilliseconds = 1500;

    private static readonly KillPoint[] Aimed =
        [KillPoint.BetweenCommitAndPost, KillPoint.BetweenPostAndAnswer, KillPoint.BetweenCollectionAndCommit];

    private readonly int _kills = Setting("CRASH_KILLS", 8);
    private readonly int _seed = Setting("CRASH_SEED", 1);

    [Fact]
    public async Task Whenever_the_service_is_killed_every_promised_job_ends_once_with_its_own_output()
    {
        await using var service = await MortalService.WithInstancesAsync(NodeMilliseconds);
        var load = new CrashLoad(service.Http);
        using var stop = new CancellationTokenSource();
        await service.StartAsync();
        var clients = load.RunAsync(stop.Token);

        await KillAgainAndAgainAsync(service, clients);
        await service.AnsweringAsync();
        await stop.CancelAsync();
        await clients;

        var counts = await service.SettledAsync();
        var completed = (int)counts["completed"]!;
        Assert.Equal((0, 0), ((int)counts["failed"]!, (int)counts["cancelled"]!));
        Assert.InRange(completed, load.Accepted.Count, load.Accepted.Count + load.Unknown);
        await AssertOutputsAsync(service, load);
        await AssertExecutedOnceAsync(service, load, completed);

        await service.KillInAsync(TimeSpan.Zero);
        var data = await service.ReadDataAsync();
        Assert.Equal((completed, 0, 0), (data.Jobs, data.Missing.Count, data.Orphans.Count));
        output.WriteLine(
            $"{_kills} kills (seed {_seed}): {completed} jobs, {load.LostAnswers} answers to submissions lost, "
            + $"{service.CollectedAgain} outputs collected again");
    }

    private async Task KillAgainAndAgainAsync(MortalService service, Task clients)
    {
        var chance = new Random(_seed);
        for (var kill = 0; kill < _kills; kill++)
        {
            var point = kill % 3 == 0 ? Aimed[kill / 3 % Aimed.Length] : KillPoint.AnyMoment;
            await KillAsync(service, point, chance);
            var data = await service.ReadDataAsync();
            Assert.True(data.Missing.Count == 0, $"after kill {kill} ({point}), seed {_seed}: {data}\n{service.Output}");
            Assert.False(clients.IsFaulted, $"after kill {kill} ({point}), seed {_seed}: {clients.Exception}");
            await service.StartAsync();
        }
    }

    /// <summary>At any moment: while it starts, or while it serves.</summary>
    private static async Task KillAsync(MortalService service, KillPoint point, Random chance)
    {
        if (point != KillPoint.AnyMoment)
        {
            await service.KillAtAsync(point, chance.Next(1, LatestArrival + 1));
            return;
        }

        if (chance.Next(3) > 0)
        {
            await service.AnsweringAsync();
        }

        await service.KillInAsync(TimeSpan.FromMilliseconds(chance.Next(LatestMilliseconds)));
    }

    private static async Task AssertOutputsAsync(MortalService service, CrashLoad load)
    {
        foreach (var (job, number) in load.Accepted)
        {
            var made = await service.Http.GetByteArrayAsync(new Uri($"/api/jobs/{job}/outputs/0", UriKind.Relative));
            Assert.True(Paintings.IsUpscaled(made, number), $"job {job} has not the output of painting {number}");
        }
    }

    /// <summary>No instance died, so there is no reason for any second execution, and none for a failed one.</summary>
    private static async Task AssertExecutedOnceAsync(MortalService service, CrashLoad load, int jobs)
    {
        var (executions, queued) = await service.LedgerAsync();
        Assert.Equal(0, queued);
        Assert.All(executions, execution => Assert.Equal("succeeded", execution.Outcome));
        Assert.Equal(executions.Count, executions.DistinctBy(execution => execution.PromptId).Count());
        Assert.Equal(executions.Count, executions.DistinctBy(execution => execution.Job).Count());
        Assert.Equal(jobs, executions.Count);
        Assert.Empty(load.Accepted.Keys.Except(executions.Select(execution => execution.Job)));
    }

    private static int Setting(string name, int otherwise) => Environment.GetEnvironmentVariable(name) is { } text
        ? int.Parse(text, CultureInfo.InvariantCulture)
        : otherwise;
}

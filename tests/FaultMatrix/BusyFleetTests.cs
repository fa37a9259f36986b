using AkkaComfy.Bench.Fleet;
using AkkaComfy.FaultMatrix.Running;

namespace AkkaComfy.FaultMatrix;

/// <summary>A small dose of <c>bench/Fleet</c>: two jobs in flight per instance keep its GPU busy.</summary>
[Collection(nameof(Alone))]
public sealed class BusyFleetTests
{
    private const int Jobs = 100;

    [Fact]
    public async Task The_gpus_are_busy_from_the_first_start_to_the_last_end()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var fleet = await Fleet.StartAsync(version: null, limit.Token);
        await using var gateway = await Gateway.StartAsync(
            fleet.Instances.Select(comfy => comfy.BaseAddress), limit.Token);
        await gateway.Client.UntilHealthyAsync(limit.Token);

        var ends = await Task.WhenAll(Enumerable.Range(0, Jobs)
            .Select(salt => gateway.Client.RunAsync(salt, limit.Token)));

        Assert.All(ends, end => Assert.Equal(JobEnd.Completed, end.Status));
        var measured = Utilization.Of([.. fleet.Instances.Select(instance => instance.Ledger.Executions)]);
        Assert.All(measured.Busy, busy => Assert.InRange(busy, 0.95, 1));
        Assert.InRange(measured.Gap(0.5), TimeSpan.Zero, TimeSpan.FromMilliseconds(2));
    }
}

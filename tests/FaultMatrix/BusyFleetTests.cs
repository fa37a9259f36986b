using AkkaComfy.Bench.Fleet;
using AkkaComfy.FaultMatrix.Running;

namespace AkkaComfy.FaultMatrix;

/// <summary>A small dose of <c>bench/Fleet</c>: two jobs in flight per instance keep its GPU busy.</summary>
[Collection(nameof(Alone))]
public sealed class BusyFleetTests
{
    private const int Jobs = 100;

    /// <summary>Whatever else this machine does only ever takes from what is measured: the best round tells most of us.</summary>
    private const int Rounds = 3;

    [Fact]
    public async Task The_gpus_are_busy_from_the_first_start_to_the_last_end()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var fleet = await Fleet.StartAsync(version: null, limit.Token);
        await using var gateway = await Gateway.StartAsync(
            fleet.Instances.Select(comfy => comfy.BaseAddress), limit.Token);
        await gateway.Client.UntilHealthyAsync(limit.Token);

        for (var round = 1; ; round++)
        {
            var before = fleet.Instances.Select(instance => instance.Ledger.Executions.Count).ToArray();
            var first = round * Jobs;
            var ends = await Task.WhenAll(Enumerable.Range(first, Jobs)
                .Select(salt => gateway.Client.RunAsync(salt, limit.Token)));
            Assert.All(ends, end => Assert.Equal(JobEnd.Completed, end.Status));

            var measured = Utilization.Of(
                [.. fleet.Instances.Select((instance, index) => instance.Ledger.Executions.Skip(before[index]).ToArray())]);
            var isBusy = measured.Busy.All(busy => busy >= 0.95) && measured.Gap(0.5) <= TimeSpan.FromMilliseconds(2);
            if (isBusy)
            {
                return;
            }

            Assert.True(round < Rounds,
                $"busy {string.Join(", ", measured.Busy)}; half of the gaps are longer than {measured.Gap(0.5)}");
        }
    }
}

using AkkaComfy.Actors.Tests.Support;
using AkkaComfy.ComfyUI;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using static AkkaComfy.Messages.CircuitPhase;

namespace AkkaComfy.Actors.Tests;

/// <summary>What the fleet remembers of its instances: their circuits' history, and what they said of themselves.</summary>
public sealed class InstanceRecordTests
{
    [Fact]
    public async Task An_outage_is_in_the_history_with_its_reason_and_so_is_its_end()
    {
        await using var tree = await Tree.StartAsync(1);

        await FailAsync(tree);
        tree.Instances[0].Outage = null;
        await tree.UntilFleetAsync(fleet => fleet.Instances[0].Circuit == Closed);

        var history = (await tree.FleetAsync()).Instances[0].CircuitHistory;
        Assert.Equal((Closed, Open, "refused"), (history[0].From, history[0].To, history[0].Why));
        Assert.Equal((HalfOpen, Closed, null), (history[^1].From, history[^1].To, history[^1].Why));
        Assert.All(history.Zip(history.Skip(1)), pair =>
        {
            Assert.Equal(pair.First.To, pair.Second.From);
            Assert.Equal(pair.Second.At - pair.First.At, pair.Second.After);
        });
    }

    [Theory]
    [InlineData("jobs/fake:1/health")]
    [InlineData("jobs/fake:1")]
    public async Task The_history_survives_the_actors_of_the_instance(string killed)
    {
        await using var tree = await Tree.StartAsync(1);
        await FailAsync(tree);
        var first = (await tree.FleetAsync()).Instances[0].CircuitHistory[0];

        tree.Instances[0].Outage = null;
        tree.Kill(killed);
        await tree.UntilProbedAsync(tree.Instances[0], times: 8);
        await tree.UntilFleetAsync(fleet => fleet.Instances[0].State == InstanceState.Up);

        Assert.Equal(first, (await tree.FleetAsync()).Instances[0].CircuitHistory[0]);
    }

    [Fact]
    public async Task The_history_survives_a_restart_of_the_supervisor()
    {
        var store = new FaultyStore();
        await using var tree = await Tree.StartAsync(1, store: store);
        await FailAsync(tree);
        tree.Instances[0].Outage = null;
        await tree.UntilFleetAsync(fleet => fleet.Instances[0].State == InstanceState.Up);
        var before = (await tree.FleetAsync()).Instances[0].CircuitHistory;
        var failures = 0;
        store.Fails = batch => batch.Any(commit => commit.After.HasEnded) && Interlocked.Increment(ref failures) == 1;

        var id = await tree.SubmitAsync();
        tree.Instances[0].Finish((await Tree.SubmissionAsync(tree.Instances[0])).PromptId);
        await tree.UntilJobAsync(id, job => job.Phase == JobPhase.Completed);

        Assert.True(failures > 1);
        Assert.Equal(before, (await tree.FleetAsync()).Instances[0].CircuitHistory.Take(before.Length));
    }

    [Fact]
    public async Task What_a_server_says_of_itself_is_shown_as_of_the_last_probe_that_it_answered()
    {
        await using var tree = await Tree.StartAsync(1);
        var comfy = tree.Instances[0];

        comfy.Stats = new SystemStats("0.3.64", 64, 32, [new ComputeDevice("cuda:0", "cuda", 24, 20)])
        {
            PythonVersion = "3.11", PytorchVersion = "2.4", Os = "posix",
        };
        await tree.UntilFleetAsync(fleet => fleet.Instances[0].Server is { RamFree: 32 });
        comfy.Stats = comfy.Stats with { RamFree = 16, Devices = [new ComputeDevice("cuda:0", "cuda", 24, 2)] };
        await tree.UntilFleetAsync(fleet => fleet.Instances[0].Server is { RamFree: 16 });
        await FailAsync(tree);

        var server = (await tree.FleetAsync()).Instances[0].Server!;
        Assert.Equal(("0.3.64", "3.11", "2.4", "posix"),
            (server.Version, server.PythonVersion, server.PytorchVersion, server.Os));
        Assert.Equal((64, 16), (server.RamTotal, server.RamFree));
        Assert.Equal(new DeviceFacts("cuda:0", "cuda", 24, 2), Assert.Single(server.Devices));
        Assert.True(server.At < (await tree.FleetAsync()).Instances[0].LastCheckAt);
    }

    [Fact]
    public async Task One_instance_is_found_by_its_name_and_an_unknown_one_refused()
    {
        await using var tree = await Tree.StartAsync();

        var shown = Assert.IsType<Instances.Shown>(await tree.AskAsync(new Instances.Get("FAKE:2")));
        var refused = Assert.IsType<Instances.Refused>(await tree.AskAsync(new Instances.Get("gpu")));

        Assert.Equal("fake:2", shown.Instance.Id.Value);
        Assert.Equal(RefusalReason.UnknownInstance, refused.Why.Reason);
    }

    private static async Task FailAsync(Tree tree)
    {
        tree.Instances[0].Outage = FakeComfy.Refused();
        await tree.UntilFleetAsync(fleet => fleet.Instances[0].Circuit != Closed);
    }
}

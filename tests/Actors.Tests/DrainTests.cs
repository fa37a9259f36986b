using AkkaComfy.Actors.Tests.Support;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Tests;

/// <summary>Instances taken out and put back by hand.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task A_draining_instance_finishes_what_runs_and_takes_nothing_new_until_it_is_resumed()
    {
        await using var tree = await Tree.StartAsync(1);
        var comfy = tree.Instances[0];
        var running = await tree.SubmitAsync();
        var prompt = await Tree.SubmissionAsync(comfy);

        var drained = await tree.DrainAsync("fake:1");
        var waiting = await tree.SubmitAsync();
        comfy.Finish(prompt.PromptId);
        Assert.Equal(JobPhase.Completed, (await tree.EndOfAsync(running)).Phase);
        await tree.UntilFleetAsync(fleet => fleet.ActiveJobs == 0);
        Assert.Equal(1, (await tree.FleetAsync()).PendingJobs);
        var resumed = await tree.ResumeAsync("fake:1");
        comfy.Finish((await Tree.SubmissionAsync(comfy)).PromptId);

        Assert.Equal((InstanceState.Draining, CircuitPhase.Isolated), (drained.State, drained.Circuit));
        Assert.Equal((InstanceState.Up, CircuitPhase.Closed), (resumed.State, resumed.Circuit));
        Assert.Equal(JobPhase.Completed, (await tree.EndOfAsync(waiting)).Phase);
    }

    [Fact]
    public async Task A_job_that_was_given_before_the_drain_still_starts()
    {
        var store = new FaultyStore();
        await using var tree = await Tree.StartAsync(1, store: store);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var id = JobId.New(TimeProvider.System.GetUtcNow());
        store.Fails = batch =>
        {
            // What comes after the submission, and so the dispatch, waits for the drain.
            store.Gate = gate.Task;
            return false;
        };
        await tree.TrySubmitAsync(id: id);
        await tree.UntilFleetAsync(fleet => fleet.ActiveJobs == 1);

        await tree.DrainAsync("fake:1");
        gate.SetResult();
        tree.Instances[0].Finish((await Tree.SubmissionAsync(tree.Instances[0])).PromptId);

        Assert.Single((await tree.EndOfAsync(id)).Attempts);
    }

    [Fact]
    public async Task What_drains_is_no_loss_to_the_others()
    {
        await using var tree = await Tree.StartAsync();

        await tree.DrainAsync("FAKE:1");
        for (var i = 0; i < 4; i++)
        {
            var id = await tree.SubmitAsync();
            tree.Instances[1].Finish((await Tree.SubmissionAsync(tree.Instances[1])).PromptId);
            await tree.EndOfAsync(id);
        }

        Assert.False(tree.Instances[0].Submissions.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Asking_twice_changes_nothing_and_is_answered_twice()
    {
        await using var tree = await Tree.StartAsync(1);

        Assert.Equal(InstanceState.Up, (await tree.ResumeAsync("fake:1")).State);
        Assert.Equal(InstanceState.Draining, (await tree.DrainAsync("fake:1")).State);
        Assert.Equal(InstanceState.Draining, (await tree.DrainAsync("fake:1")).State);
        Assert.Equal(InstanceState.Up, (await tree.ResumeAsync("fake:1")).State);
        Assert.Equal(InstanceState.Up, (await tree.ResumeAsync("fake:1")).State);
    }

    [Fact]
    public async Task A_drain_that_is_revoked_at_once_is_answered_before_the_resumption()
    {
        await using var tree = await Tree.StartAsync(1);

        var drain = tree.AskAsync(new Instances.Drain("fake:1"));
        var resumed = await tree.ResumeAsync("fake:1");

        Assert.Equal(InstanceState.Draining, Assert.IsType<Instances.Shown>(await drain).Instance.State);
        Assert.Equal(InstanceState.Up, resumed.State);
    }

    [Fact]
    public async Task An_unknown_instance_is_told_apart()
    {
        await using var tree = await Tree.StartAsync();

        foreach (var asked in (object[])[new Instances.Drain("gpu"), new Instances.Resume("gpu")])
        {
            var refused = Assert.IsType<Instances.Refused>(await tree.AskAsync(asked)).Why;

            Assert.Equal(RefusalReason.UnknownInstance, refused.Reason);
            Assert.Equal("There is no instance 'gpu'; there are: fake:1, fake:2.", refused.Message);
        }
    }

    [Fact]
    public async Task A_drained_instance_is_still_probed_so_that_resuming_tells_the_truth()
    {
        await using var tree = await Tree.StartAsync(1);

        await tree.DrainAsync("fake:1");
        tree.Instances[0].Outage = FakeComfy.Refused();
        await tree.UntilFleetAsync(fleet => fleet.Instances[0].LastFault is not null);
        var down = await tree.FleetAsync();
        await tree.UntilProbedAsync(tree.Instances[0], times: 4);
        var resumed = await tree.ResumeAsync("fake:1");

        Assert.Equal((InstanceState.Draining, CircuitPhase.Isolated),
            (down.Instances[0].State, down.Instances[0].Circuit));
        Assert.NotEqual(InstanceState.Up, resumed.State);
        Assert.Contains(resumed.Circuit, (CircuitPhase[])[CircuitPhase.Open, CircuitPhase.HalfOpen]);
    }

    [Fact]
    public async Task A_drain_survives_a_restart_of_the_health_monitor()
    {
        await using var tree = await Tree.StartAsync(1);
        await tree.DrainAsync("fake:1");

        tree.Instances[0].Bug = new InvalidOperationException("a bug");
        await tree.UntilProbedAsync(tree.Instances[0], times: 3);

        Assert.Null(tree.Instances[0].Bug);
        await NothingIsPlacedUntilResumedAsync(tree);
    }

    [Fact]
    public async Task A_drain_survives_a_restart_of_the_instance()
    {
        await using var tree = await Tree.StartAsync(1);
        await tree.DrainAsync("fake:1");

        tree.Kill("jobs/fake:1/health");
        await tree.UntilProbedAsync(tree.Instances[0], times: 3);

        await NothingIsPlacedUntilResumedAsync(tree);
    }

    [Fact]
    public async Task A_drain_survives_an_instance_that_is_made_anew()
    {
        await using var tree = await Tree.StartAsync(1);
        await tree.DrainAsync("fake:1");

        tree.Kill("jobs/fake:1");
        await tree.UntilProbedAsync(tree.Instances[0], times: 8);

        await NothingIsPlacedUntilResumedAsync(tree);
    }

    [Fact]
    public async Task A_drain_survives_a_restart_of_the_supervisor()
    {
        var store = new FaultyStore();
        await using var tree = await Tree.StartAsync(2, store: store);
        var running = await tree.SubmitAsync();
        var (on, prompt) = await tree.AnySubmissionAsync();
        foreach (var instance in tree.Instances)
        {
            await tree.DrainAsync(instance.Endpoint.Id);
        }

        var failures = 0;
        store.Fails = batch => batch.Any(commit => commit.After.HasEnded) && Interlocked.Increment(ref failures) == 1;
        on.Finish(prompt.PromptId);
        await tree.UntilJobAsync(running, job => job.Phase == JobPhase.Completed);

        Assert.All((await tree.FleetAsync()).Instances, instance =>
            Assert.Equal(InstanceState.Draining, instance.State));
        await tree.ResumeAsync("fake:2");
        await NothingIsPlacedUntilResumedAsync(tree, besides: tree.Instances[1]);
    }

    private static async Task NothingIsPlacedUntilResumedAsync(Tree tree, FakeComfy? besides = null)
    {
        var drained = tree.Instances[0];
        var slots = besides is null ? 0 : 2;
        for (var i = 0; i <= slots; i++)
        {
            await tree.SubmitAsync();
        }

        await tree.UntilFleetAsync(fleet => fleet.ActiveJobs == slots);
        await tree.UntilProbedAsync(drained, times: 2);
        var fleet = await tree.FleetAsync();
        Assert.Equal((InstanceState.Draining, CircuitPhase.Isolated, 0),
            (fleet.Instances[0].State, fleet.Instances[0].Circuit, fleet.Instances[0].ActiveJobs));
        Assert.Equal(1, fleet.PendingJobs);

        Assert.Equal(InstanceState.Up, (await tree.ResumeAsync("fake:1")).State);
        await Tree.SubmissionAsync(drained);
    }
}

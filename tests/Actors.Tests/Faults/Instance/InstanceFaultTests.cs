using Akka.Actor;
using AkkaComfy.Actors.Instance;
using AkkaComfy.Actors.Tests.Faults.Support;
using AkkaComfy.ComfyUI;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Tests.Faults.Instance;

/// <summary>What befalls an instance and its children: siblings go on, and all is accounted for.</summary>
public sealed class InstanceFaultTests : VirtualTime
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Restarted_it_says_that_it_is_ready_and_finds_again_what_it_is_handed(int jobs)
    {
        var instance = await AnInstance.StartAsync(this);
        var runs = new List<Executions.Run>();
        for (var i = 0; i < jobs; i++)
        {
            runs.Add(await instance.RunAsync());
        }

        instance.Comfy.Run();
        await instance.RestartAsync();
        Assert.Equal(2, instance.Readies);
        foreach (var run in runs)
        {
            await instance.TellAsync(run with { Adopt = true });
        }

        await instance.FinishAsync(runs);

        Assert.All(runs, run => Assert.IsType<Executions.Succeeded>(Assert.Single(instance.Ends(run))));
        Assert.Equal(jobs, instance.Comfy.Submissions.Count);
        foreach (var run in runs)
        {
            await instance.ReleaseAsync(run);
        }

        await UntilChildrenAsync(instance.Actor, "health", "nodes", "strays", "connection-1");
        await instance.EndAsync();
    }

    [Theory]
    [InlineData(Call.Probe)]
    [InlineData(Call.Connect)]
    [InlineData(Call.Submit)]
    [InlineData(Call.Queue)]
    [InlineData(Call.View)]
    [InlineData(Call.Forget)]
    public async Task An_execution_killed_in_the_middle_of_a_call_is_reported_once_and_its_sibling_goes_on(Call call)
    {
        var instance = await AnInstance.StartAsync(this);
        var sibling = await instance.RunAsync();
        await instance.AdvanceAsync(TimeSpan.FromSeconds(1));
        instance.Comfy.GateOf(call).IsShut = true;
        var killed = await instance.RunAsync();
        await instance.AdvanceAsync(TimeSpan.FromSeconds(1));

        await instance.KillChildAsync(AnInstance.NameOf(killed));
        instance.Comfy.GateOf(call).Open();
        await instance.FinishAsync(sibling);

        var end = Assert.IsType<Executions.Faulted>(Assert.Single(instance.Ends(killed)));
        Assert.Equal(("internal_error", Messages.Blame.Us), (end.Error.Code, end.Error.Blame));
        Assert.IsType<Executions.Succeeded>(Assert.Single(instance.Ends(sibling)));
        Assert.Equal(0, instance.Last!.ActiveJobs);
        await instance.ReleaseAsync(sibling);
        await instance.ReleaseAsync(killed);
        await instance.AdvanceAsync(TimeSpan.FromSeconds(5));
        await instance.EndAsync();
    }

    [Fact]
    public async Task The_connection_of_a_killed_execution_is_leased_to_the_next()
    {
        var instance = await AnInstance.StartAsync(this, fleet => fleet with { MaxConnectionsPerInstance = 1 });
        var killed = await instance.RunAsync();

        await instance.KillChildAsync(AnInstance.NameOf(killed));
        await instance.RunAsync();

        Assert.Equal(2, instance.Comfy.Submissions.Count(request => request.ClientId is not null));
        Assert.Single(instance.Comfy.Sockets);
        await instance.EndAsync();
    }

    [Fact]
    public async Task An_execution_that_dies_in_line_for_a_connection_is_out_of_the_line()
    {
        var instance = await AnInstance.StartAsync(this, fleet => fleet with { MaxConnectionsPerInstance = 1 });
        var holder = await instance.RunAsync();
        var gone = await instance.RunAsync();
        var next = await instance.RunAsync();

        await instance.KillChildAsync(AnInstance.NameOf(gone));
        await instance.AbortAsync(holder);
        await instance.AdvanceAsync(TimeSpan.FromSeconds(0.6));

        Assert.Equal([holder.PromptId.Value, next.PromptId.Value],
            instance.Comfy.Submissions.Where(request => request.ClientId is not null).Select(request => request.PromptId));
        await instance.EndAsync();
    }

    [Fact]
    public async Task An_execution_that_has_posted_without_a_connection_is_out_of_the_line()
    {
        var instance = await AnInstance.StartAsync(this, fleet => fleet with { MaxConnectionsPerInstance = 1 });
        var holder = await instance.RunAsync();
        await instance.RunAsync();
        await instance.AdvanceAsync(TimeSpan.FromSeconds(1.2));
        Assert.Equal(2, instance.Comfy.Submissions.Count);

        await instance.AbortAsync(holder);
        await instance.AdvanceAsync(TimeSpan.FromSeconds(0.6));
        var next = await instance.RunAsync();

        Assert.Equal([holder.PromptId.Value, next.PromptId.Value],
            instance.Comfy.Submissions.Where(request => request.ClientId is not null).Select(request => request.PromptId));
        await instance.EndAsync();
    }

    [Fact]
    public async Task A_lease_asked_for_before_a_restart_holds_no_connection_after_it()
    {
        var instance = await AnInstance.StartAsync(this, fleet => fleet with { MaxConnectionsPerInstance = 1 });
        var stranger = CreateTestProbe();
        instance.Actor.Tell(Connections.Lease.Instance, stranger.Ref);
        await instance.SettleAsync();

        await instance.RunAsync();

        Assert.False(stranger.HasMessages);
        Assert.NotNull(Assert.Single(instance.Comfy.Submissions).ClientId);
        await instance.EndAsync();
    }

    [Fact]
    public async Task A_job_handed_twice_runs_once()
    {
        var instance = await AnInstance.StartAsync(this);
        var run = await instance.RunAsync();

        await instance.TellAsync(run);
        await instance.TellAsync(run with { Adopt = true });
        await instance.FinishAsync(run);

        Assert.Single(instance.Comfy.Submissions);
        Assert.Single(instance.Ends(run));
        await instance.ReleaseAsync(run);
        await instance.EndAsync();
    }

    [Fact]
    public async Task An_abort_or_a_release_of_what_it_does_not_run_changes_nothing()
    {
        var instance = await AnInstance.StartAsync(this);
        var run = await instance.RunAsync();
        var before = instance.Told<object>().Count();

        await instance.AbortAsync(run with { JobId = JobId.New(Scheduler.Now) });
        await instance.AbortAsync(run with { Attempt = 2 });
        await instance.ReleaseAsync(run with { Attempt = 2 });

        Assert.Equal(before, instance.Told<object>().Count());
        await instance.FinishAsync(run);
        Assert.IsType<Executions.Succeeded>(Assert.Single(instance.Ends(run)));
        await instance.ReleaseAsync(run);
        await instance.EndAsync();
    }

    [Fact]
    public async Task A_workflow_that_is_gone_fails_at_once_and_takes_no_slot()
    {
        var instance = await AnInstance.StartAsync(this);

        var run = await instance.RunAsync(workflow: new WorkflowName("gone"));

        Assert.Equal("unknown_workflow",
            Assert.IsType<Executions.Faulted>(Assert.Single(instance.Ends(run))).Error.Code);
        Assert.Equal(0, instance.Last!.ActiveJobs);
        await instance.EndAsync();
    }

    [Fact]
    public async Task An_execution_that_fails_again_and_again_is_given_up_and_its_sibling_goes_on()
    {
        var instance = await AnInstance.StartAsync(this);
        var sibling = await instance.RunAsync();
        var failing = await instance.RunAsync();

        for (var i = 0; i < 3; i++)
        {
            await instance.TellChildAsync(AnInstance.NameOf(failing), Bug(failing));
        }

        await instance.FailForGoodAsync(AnInstance.NameOf(failing), Bug(failing));

        Assert.Equal("internal_error",
            Assert.IsType<Executions.Faulted>(Assert.Single(instance.Ends(failing))).Error.Code);
        await instance.FinishAsync(sibling);
        Assert.IsType<Executions.Succeeded>(Assert.Single(instance.Ends(sibling)));
        await instance.ReleaseAsync(sibling);
        await UntilChildrenAsync(instance.Actor, "health", "nodes", "strays", "connection-1", "connection-2");
        await instance.EndAsync();
    }

    [Fact]
    public async Task An_execution_restarted_while_it_is_aborted_is_asked_again_to_end()
    {
        var instance = await AnInstance.StartAsync(this);
        var run = await instance.RunAsync();
        instance.Comfy.HonoursInterrupts = false;
        instance.Comfy.Run();
        await instance.AbortAsync(run);

        await instance.TellChildAsync(AnInstance.NameOf(run), Bug(run));
        instance.Comfy.HonoursInterrupts = true;
        await instance.AdvanceAsync(TimeSpan.FromSeconds(5));

        Assert.IsType<Executions.Aborted>(Assert.Single(instance.Ends(run)));
        await instance.ReleaseAsync(run);
        await instance.EndAsync();
    }

    [Fact]
    public async Task An_execution_that_fails_when_it_is_released_is_released_again()
    {
        var instance = await AnInstance.StartAsync(this);
        var run = await instance.RunAsync();
        await instance.FinishAsync(run);
        instance.Blobs.PinFaults.Enqueue(new IOException("a bug"));

        await instance.ReleaseAsync(run);
        await instance.AdvanceAsync(TimeSpan.FromSeconds(5));
        // The supervisor is told again, and answers what it knows to be over so.
        Assert.Equal(2, instance.Ends(run).Count);
        await instance.ReleaseAsync(run);

        await UntilChildrenAsync(instance.Actor, "health", "nodes", "strays", "connection-1");
        await instance.EndAsync();
    }

    [Fact]
    public async Task A_connection_that_dies_for_good_costs_no_job_and_is_replaced()
    {
        var instance = await AnInstance.StartAsync(this);
        var run = await instance.RunAsync();
        instance.Comfy.Run();

        await instance.KillChildAsync("connection-1");
        await instance.FinishAsync(run);
        await instance.ReleaseAsync(run);
        await instance.AdvanceAsync(TimeSpan.FromSeconds(31));

        Assert.IsType<Executions.Succeeded>(Assert.Single(instance.Ends(run)));
        Assert.Equal(2, instance.Comfy.Sockets.Count);
        await UntilChildrenAsync(instance.Actor, "health", "nodes", "strays", "connection-2");
        await instance.EndAsync();
    }

    [Fact]
    public async Task Health_that_dies_for_good_restarts_the_instance_which_says_that_it_is_ready()
    {
        var instance = await AnInstance.StartAsync(this);
        var run = await instance.RunAsync();

        await instance.KillChildAsync("health");
        await EventuallyAsync(() => instance.Comfy.Calls(Call.Probe) >= 2, "a new monitor probes");
        await instance.SettleAsync();
        Assert.Equal(2, instance.Readies);
        await instance.TellAsync(run with { Adopt = true });
        await instance.FinishAsync(run);

        Assert.IsType<Executions.Succeeded>(Assert.Single(instance.Ends(run)));
        Assert.Single(instance.Comfy.Submissions);
        await instance.ReleaseAsync(run);
        await instance.EndAsync();
    }

    [Fact]
    public async Task A_monitor_that_fails_restarts_alone()
    {
        var instance = await AnInstance.StartAsync(this);
        var run = await instance.RunAsync();

        await instance.TellChildAsync("health", new Actors.Instance.Health.Observed(null!, Scheduler.Now));
        await instance.FinishAsync(run);

        Assert.Equal(1, instance.Readies);
        Assert.IsType<Executions.Succeeded>(Assert.Single(instance.Ends(run)));
        await instance.ReleaseAsync(run);
        await instance.EndAsync();
    }

    [Fact]
    public async Task What_a_monitor_of_before_a_restart_reports_is_not_believed()
    {
        var comfy = new ScriptedComfy();
        comfy.GateOf(Call.Probe).IsShut = true;
        var instance = await AnInstance.StartAsync(this, comfy: comfy);

        await instance.TellAsync(new Actors.Instance.Health.Report(CircuitPhase.Closed, AcceptsWork: true, null, null));

        Assert.NotEqual(InstanceState.Up, instance.Last?.State);
        await instance.EndAsync();
    }

    /// <summary>What an execution does not survive.</summary>
    private static Connections.Heard Bug(Executions.Run run) =>
        new(new ComfyMessage.ExecutionCached(run.PromptId.Value, null!));
}

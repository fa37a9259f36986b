using AkkaComfy.Actors.Tests.Faults.Support;
using AkkaComfy.Messages;
using Protocol = AkkaComfy.Actors.Instance.Health;

namespace AkkaComfy.Actors.Tests.Faults.Health;

/// <summary>What opens a circuit, what closes it again, and whom it lets through meanwhile.</summary>
public sealed class CureTests : VirtualTime
{
    [Fact]
    public async Task After_a_dead_worker_probes_half_open_the_circuit_and_only_work_closes_it()
    {
        var monitor = await AMonitor.InAsync(this, CircuitPhase.Open);

        await monitor.AdvanceAsync(TimeSpan.FromMinutes(5));
        Assert.Equal((CircuitPhase.HalfOpen, true), (monitor.Last!.Circuit, monitor.Last.AcceptsWork));
        await monitor.TellAsync(Protocol.Alive.Instance);
        Assert.Equal(CircuitPhase.HalfOpen, monitor.Last.Circuit);
        await monitor.TellAsync(Protocol.Worked.Instance);

        Assert.Equal((CircuitPhase.Closed, true), (monitor.Last.Circuit, monitor.Last.AcceptsWork));
    }

    [Fact]
    public async Task Work_that_ends_well_while_it_is_open_closes_it_too()
    {
        var monitor = await AMonitor.InAsync(this, CircuitPhase.Open);

        await monitor.TellAsync(Protocol.Worked.Instance);

        Assert.Equal(CircuitPhase.Closed, monitor.Last!.Circuit);
    }

    [Fact]
    public async Task Half_open_it_admits_one_job_and_refuses_the_next_until_that_has_ended()
    {
        var monitor = await AMonitor.InAsync(this, CircuitPhase.HalfOpen);
        Assert.True(monitor.Last!.AcceptsWork);

        Assert.Equal(new Protocol.Checked(null), await monitor.CheckAsync());
        Assert.False(monitor.Last.AcceptsWork);
        Assert.NotNull((await monitor.CheckAsync())!.Fault);
        await monitor.TellAsync(Protocol.ProvedNothing.Instance);

        Assert.True(monitor.Last.AcceptsWork);
        Assert.Equal(new Protocol.Checked(null), await monitor.CheckAsync());
    }

    [Fact]
    public async Task Open_it_refuses_at_once_what_was_on_its_way_and_says_why()
    {
        var monitor = await AMonitor.InAsync(this, CircuitPhase.Open);
        var probes = monitor.Comfy.Calls(Call.Probe);

        var fault = (await monitor.CheckAsync())!.Fault!;

        Assert.Contains("dead", fault.Message, StringComparison.Ordinal);
        Assert.Equal(probes, monitor.Comfy.Calls(Call.Probe));
    }

    [Fact]
    public async Task A_trial_that_fails_opens_it_again_for_longer()
    {
        var monitor = await AMonitor.InAsync(this, CircuitPhase.HalfOpen);
        await monitor.CheckAsync();

        await monitor.TellAsync(AMonitor.DeadWorker(this));
        Assert.Equal(CircuitPhase.Open, monitor.Last!.Circuit);
        await monitor.AdvanceAsync(TimeSpan.FromSeconds(1.9));
        Assert.Equal(CircuitPhase.Open, monitor.Last.Circuit);
        await monitor.AdvanceAsync(TimeSpan.FromSeconds(0.3));

        Assert.Equal((CircuitPhase.HalfOpen, true), (monitor.Last.Circuit, monitor.Last.AcceptsWork));
    }

    [Theory]
    [InlineData(Blame.Client, false)]
    [InlineData(Blame.WorkerThisJob, false)]
    [InlineData(Blame.Worker, true)]
    [InlineData(Blame.Timeout, false)]
    [InlineData(Blame.Interrupted, false)]
    [InlineData(Blame.Network, true)]
    [InlineData(Blame.Us, false)]
    public async Task Three_attempts_that_failed_open_it_if_the_instance_is_to_blame(Blame blame, bool opens)
    {
        var monitor = await AMonitor.StartAsync(this);

        for (var i = 0; i < 3; i++)
        {
            await monitor.TellAsync(AMonitor.Observed(blame, Scheduler.Now));
        }

        Assert.Equal(opens ? CircuitPhase.Open : CircuitPhase.Closed, monitor.Last!.Circuit);
    }

    [Theory]
    [InlineData(Blame.Worker)]
    [InlineData(Blame.Network)]
    public async Task A_late_failure_of_what_began_before_the_trip_neither_extends_nor_repeats_it(Blame blame)
    {
        var monitor = await AMonitor.StartAsync(this);
        var before = Scheduler.Now;
        await monitor.AdvanceAsync(TimeSpan.FromSeconds(1));
        await monitor.TellAsync(AMonitor.DeadWorker(this));
        await monitor.AdvanceAsync(TimeSpan.FromSeconds(1.1));
        Assert.Equal(CircuitPhase.HalfOpen, monitor.Last!.Circuit);

        await monitor.TellAsync(AMonitor.Observed(blame, before));
        await monitor.TellAsync(AMonitor.Observed(blame, before));

        Assert.Equal(CircuitPhase.HalfOpen, monitor.Last.Circuit);
    }

    [Fact]
    public async Task An_instance_that_comes_back_is_used_within_seconds_however_long_the_interval()
    {
        var monitor = await AMonitor.StartAsync(this);
        monitor.Comfy.Outage = ScriptedComfy.Refused();
        await monitor.AdvanceAsync(TimeSpan.FromSeconds(34));
        Assert.False(monitor.Last!.AcceptsWork);

        monitor.Comfy.Outage = null;
        await monitor.AdvanceAsync(TimeSpan.FromSeconds(8));

        Assert.True(monitor.Last.AcceptsWork);
    }
}

using Akka.Actor;
using AkkaComfy.Actors.Tests.Faults.Support;
using AkkaComfy.Messages;
using Protocol = AkkaComfy.Actors.Instance.Health;

namespace AkkaComfy.Actors.Tests.Faults.Health;

/// <summary>What befalls a health monitor in each phase of its circuit.</summary>
public sealed class MonitorFaultTests : VirtualTime
{
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(1);

    public static TheoryData<CircuitPhase> Phases => [CircuitPhase.Closed, CircuitPhase.Open, CircuitPhase.HalfOpen];

    [Theory]
    [MemberData(nameof(Phases))]
    public async Task Restarted_it_starts_over_safely_no_work_before_a_good_probe(CircuitPhase phase)
    {
        var monitor = await AMonitor.InAsync(this, phase);
        monitor.Comfy.GateOf(Call.Probe).IsShut = true;
        var probes = monitor.Comfy.Calls(Call.Probe);

        await monitor.RestartAsync();
        Assert.Equal(probes + 1, monitor.Comfy.Calls(Call.Probe));
        monitor.Comfy.GateOf(Call.Probe).Open();
        await monitor.SettleAsync();

        Assert.Equal((CircuitPhase.Closed, true), (monitor.Last!.Circuit, monitor.Last.AcceptsWork));
        await monitor.AdvanceAsync(TimeSpan.FromSeconds(31));
        Assert.Equal(probes + 2, monitor.Comfy.Calls(Call.Probe));
        await monitor.EndAsync(() => monitor.Actor.Tell(PoisonPill.Instance));
    }

    [Theory]
    [MemberData(nameof(Phases))]
    public async Task Killed_while_it_probes_it_leaves_nothing(CircuitPhase phase)
    {
        var monitor = await AMonitor.InAsync(this, phase);
        monitor.Comfy.GateOf(Call.Probe).IsShut = true;
        for (var i = 0; i < 400 && monitor.Comfy.HeldCalls == 0; i++)
        {
            await monitor.AdvanceAsync(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(1, monitor.Comfy.HeldCalls);
        await monitor.EndAsync(() => monitor.Actor.Tell(Kill.Instance));
    }

    [Fact]
    public async Task Who_asked_before_a_restart_is_answered_after_it()
    {
        var monitor = await AMonitor.StartAsync(this);
        await monitor.AdvanceAsync(Recheck);
        monitor.Comfy.GateOf(Call.Probe).IsShut = true;
        Assert.Null(await monitor.CheckAsync());

        await monitor.RestartAsync();
        monitor.Comfy.GateOf(Call.Probe).Open();
        await monitor.SettleAsync();

        Assert.Equal(new Protocol.Checked(null), monitor.Answer());
        Assert.Null(monitor.Answer());
    }

    [Fact]
    public async Task The_answer_to_a_probe_from_before_a_restart_says_nothing()
    {
        var comfy = new ScriptedComfy();
        var gate = comfy.GateOf(Call.Probe);
        (gate.IsShut, gate.IgnoresCancellation) = (true, true);
        comfy.Fail(Call.Probe, ScriptedComfy.Refused());
        var monitor = await AMonitor.StartAsync(this, comfy);

        await monitor.RestartAsync();
        gate.Open();
        await monitor.SettleAsync();

        // The first answer was the failure, and it was stale.
        Assert.Equal((true, null), (monitor.Last!.AcceptsWork, monitor.Last.LastFault));
    }

    [Fact]
    public async Task A_probe_that_is_never_answered_counts_as_failed_and_the_next_one_is_sent()
    {
        var monitor = await AMonitor.StartAsync(this);
        var gate = monitor.Comfy.GateOf(Call.Probe);
        (gate.IsShut, gate.IgnoresCancellation) = (true, true);

        await monitor.AdvanceAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(CircuitPhase.Open, monitor.Last!.Circuit);
        Assert.InRange(monitor.Comfy.Calls(Call.Probe), 4, 12);
        gate.Open();
        await monitor.AdvanceAsync(TimeSpan.FromSeconds(31));
        Assert.Equal((CircuitPhase.Closed, true), (monitor.Last.Circuit, monitor.Last.AcceptsWork));
    }

    [Fact]
    public async Task Who_asks_while_a_probe_is_never_answered_is_told_in_time()
    {
        var monitor = await AMonitor.StartAsync(this);
        await monitor.AdvanceAsync(Recheck);
        monitor.Comfy.GateOf(Call.Probe).IsShut = true;
        Assert.Null(await monitor.CheckAsync());

        await monitor.AdvanceAsync(TimeSpan.FromSeconds(4.9));

        Assert.NotNull(monitor.Answer()!.Fault);
    }

    [Fact]
    public async Task All_who_ask_at_once_share_one_probe()
    {
        var monitor = await AMonitor.StartAsync(this);
        await monitor.AdvanceAsync(Recheck);
        monitor.Comfy.GateOf(Call.Probe).IsShut = true;
        var probes = monitor.Comfy.Calls(Call.Probe);

        Assert.Null(await monitor.CheckAsync());
        Assert.Null(await monitor.CheckAsync());
        Assert.Equal(probes + 1, monitor.Comfy.Calls(Call.Probe));
        monitor.Comfy.GateOf(Call.Probe).Open();
        await monitor.SettleAsync();

        Assert.Equal(new Protocol.Checked(null), monitor.Answer());
        Assert.Equal(new Protocol.Checked(null), monitor.Answer());
        Assert.Null(monitor.Answer());
    }

    [Fact]
    public async Task A_success_of_a_moment_ago_answers_without_another_probe()
    {
        var monitor = await AMonitor.StartAsync(this);

        Assert.Equal(new Protocol.Checked(null), await monitor.CheckAsync());

        Assert.Equal(1, monitor.Comfy.Calls(Call.Probe));
    }

    [Fact]
    public async Task A_probe_that_times_out_while_messages_arrive_is_no_failure()
    {
        var monitor = await AMonitor.StartAsync(this);
        monitor.Comfy.Fail(Call.Probe, ScriptedComfy.NoAnswer(), ScriptedComfy.NoAnswer());
        monitor.Comfy.GateOf(Call.Probe).IsShut = true;
        await monitor.AdvanceAsync(TimeSpan.FromSeconds(30.1));
        await monitor.TellAsync(Protocol.Alive.Instance);
        monitor.Comfy.GateOf(Call.Probe).Open();
        await monitor.SettleAsync();
        Assert.Null(monitor.Last!.LastFault);

        await monitor.AdvanceAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("no answer", monitor.Last.LastFault);
    }
}

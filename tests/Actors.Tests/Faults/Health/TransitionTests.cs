using AkkaComfy.Actors.Tests.Faults.Support;
using AkkaComfy.Messages;
using static AkkaComfy.Messages.CircuitPhase;
using Protocol = AkkaComfy.Actors.Instance.Health;

namespace AkkaComfy.Actors.Tests.Faults.Health;

/// <summary>What the rest of the system is told of a circuit, and isolation by hand.</summary>
public sealed class TransitionTests : VirtualTime
{
    [Fact]
    public async Task Each_transition_is_published_once_with_its_reason_and_how_long_the_phase_before_lasted()
    {
        var comfy = new ScriptedComfy();
        var monitor = await AMonitor.StartAsync(this, comfy);
        var published = CreateTestProbe();
        Sys.EventStream.Subscribe(published.Ref, typeof(Instances.CircuitChanged));

        await monitor.AdvanceAsync(TimeSpan.FromSeconds(12));
        await monitor.TellAsync(AMonitor.DeadWorker(this));
        await monitor.TellAsync(AMonitor.DeadWorker(this));
        var opened = Assert.IsType<Instances.CircuitChanged>(published.ReceiveOne(Patience));
        await monitor.AdvanceAsync(TimeSpan.FromSeconds(1.5));
        var tried = Assert.IsType<Instances.CircuitChanged>(published.ReceiveOne(Patience));
        await monitor.AdvanceAsync(TimeSpan.FromSeconds(3));
        await monitor.TellAsync(Protocol.Worked.Instance);
        var closed = Assert.IsType<Instances.CircuitChanged>(published.ReceiveOne(Patience));

        Assert.Equal((new InstanceId("fake:1"), Closed, Open, "dead"), (opened.Id, opened.From, opened.To, opened.Why));
        Assert.Equal(TimeSpan.FromSeconds(12), opened.After);
        Assert.Equal((Open, HalfOpen), (tried.From, tried.To));
        Assert.InRange(tried.After, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.2));
        Assert.Equal((HalfOpen, Closed, null), (closed.From, closed.To, closed.Why));
        Assert.Equal(closed.At - tried.At, closed.After);
        Assert.False(published.HasMessages);
    }

    [Theory]
    [InlineData(Closed)]
    [InlineData(Open)]
    [InlineData(HalfOpen)]
    public async Task Isolated_it_lets_nothing_new_through_in_any_phase_and_goes_on_beneath(CircuitPhase phase)
    {
        var monitor = await AMonitor.InAsync(this, phase);
        var mayStart = await monitor.CheckAsync() is { Fault: null };
        await monitor.TellAsync(Protocol.ProvedNothing.Instance);

        await monitor.TellAsync(new Protocol.Isolate("by hand"));
        Assert.Equal((Isolated, false), (monitor.Last!.Circuit, monitor.Last.AcceptsWork));
        Assert.Equal(mayStart, await monitor.CheckAsync() is { Fault: null });
        await monitor.TellAsync(Protocol.ProvedNothing.Instance);
        await monitor.TellAsync(Protocol.Resume.Instance);

        Assert.Equal(phase, monitor.Last.Circuit);
        Assert.Equal(mayStart, monitor.Last.AcceptsWork);
    }

    [Fact]
    public async Task Isolated_it_is_probed_on_and_resumes_as_what_it_was_found()
    {
        var comfy = new ScriptedComfy();
        var monitor = await AMonitor.StartAsync(this, comfy);
        await monitor.TellAsync(new Protocol.Isolate("by hand"));

        comfy.Outage = ScriptedComfy.Refused();
        await monitor.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(Isolated, monitor.Last!.Circuit);
        await monitor.TellAsync(Protocol.Resume.Instance);

        Assert.Contains(monitor.Last.Circuit, (CircuitPhase[])[Open, HalfOpen]);
        Assert.False(monitor.Last.AcceptsWork);
    }

    [Fact]
    public async Task A_monitor_that_restarts_says_so_for_whoever_isolated_it()
    {
        var monitor = await AMonitor.StartAsync(this);
        await monitor.TellAsync(new Protocol.Isolate("by hand"));
        var before = monitor.Starts;

        await monitor.RestartAsync();

        Assert.Equal(before + 1, monitor.Starts);
        Assert.Equal(Closed, monitor.Last!.Circuit);
    }
}

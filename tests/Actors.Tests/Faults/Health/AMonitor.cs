using Akka.Actor;
using Akka.TestKit;
using AkkaComfy.Actors.Instance;
using AkkaComfy.Actors.Tests.Faults.Connection;
using AkkaComfy.Actors.Tests.Faults.Support;
using AkkaComfy.ComfyUI;
using AkkaComfy.Messages;
using Protocol = AkkaComfy.Actors.Instance.Health;

namespace AkkaComfy.Actors.Tests.Faults.Health;

/// <summary>One health monitor under test, with the probe that stands for its instance.</summary>
internal sealed class AMonitor
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly VirtualTime _test;
    private readonly IActorRef _nursery;
    private readonly TestProbe _parent;

    private AMonitor(VirtualTime test, IActorRef nursery, IActorRef actor, TestProbe parent, ScriptedComfy comfy)
    {
        (_test, _nursery, Actor, _parent, Comfy) = (test, nursery, actor, parent, comfy);
        Execution = test.CreateTestProbe();
    }

    public IActorRef Actor { get; }

    public ScriptedComfy Comfy { get; }

    /// <summary>Stands for the executions that ask.</summary>
    public TestProbe Execution { get; }

    /// <summary>What the instance was told last.</summary>
    public Protocol.Report? Last { get; private set; }

    /// <summary>How often the instance was told that the monitor is new.</summary>
    public int Starts { get; private set; }

    public static async Task<AMonitor> StartAsync(VirtualTime test, ScriptedComfy? comfy = null)
    {
        comfy ??= new ScriptedComfy();
        var (nursery, actor, parent) = await Nursery.RaiseAsync(
            test, HealthMonitor.Props(AConnection.ServicesOf(comfy, () => 0)), "health");
        var monitor = new AMonitor(test, nursery, actor, parent, comfy);
        await monitor.SettleAsync();
        return monitor;
    }

    /// <summary>A monitor whose circuit is in the phase.</summary>
    public static async Task<AMonitor> InAsync(VirtualTime test, CircuitPhase phase)
    {
        var monitor = await StartAsync(test);
        if (phase is CircuitPhase.Open or CircuitPhase.HalfOpen)
        {
            await monitor.TellAsync(DeadWorker(test));
        }

        if (phase == CircuitPhase.HalfOpen)
        {
            await monitor.AdvanceAsync(TimeSpan.FromSeconds(1.1));
        }

        Assert.Equal(phase, monitor.Last!.Circuit);
        return monitor;
    }

    public static Protocol.Observed DeadWorker(VirtualTime test) => new(
        new JobError("worker_dead", Messages.Blame.Worker, "dead"), test.Scheduler.Now);

    public static Protocol.Observed Observed(Messages.Blame blame, DateTimeOffset begunAt) =>
        new(new JobError("some_code", blame, "why"), begunAt);

    public async Task TellAsync(object message)
    {
        Actor.Tell(message, Execution.Ref);
        await SettleAsync();
    }

    /// <summary>What an execution that asks is answered; null if nothing yet.</summary>
    public async Task<Protocol.Checked?> CheckAsync()
    {
        await TellAsync(Protocol.Check.Instance);
        return Answer();
    }

    public Protocol.Checked? Answer() =>
        Execution.HasMessages ? Execution.ReceiveOne(TimeSpan.Zero) as Protocol.Checked : null;

    public async Task RestartAsync()
    {
        await Nursery.RestartAsync(_nursery);
        await SettleAsync();
    }

    public async Task AdvanceAsync(TimeSpan by)
    {
        await _test.AdvanceAsync(by, Step, Actor, _nursery, _parent.Ref, Execution.Ref);
        Note();
    }

    public async Task SettleAsync()
    {
        await VirtualTime.SettleAsync(Actor, _nursery, _parent.Ref, Execution.Ref);
        Note();
    }

    public async Task EndAsync(Action end)
    {
        await _test.EndAsync(Actor, end);
        Assert.Equal(0, Comfy.HeldCalls);
        _test.NothingIsScheduled();
    }

    private void Note()
    {
        while (_parent.HasMessages)
        {
            var told = _parent.ReceiveOne(TimeSpan.Zero);
            Last = told as Protocol.Report ?? Last;
            Starts += told is Protocol.Started ? 1 : 0;
        }
    }
}

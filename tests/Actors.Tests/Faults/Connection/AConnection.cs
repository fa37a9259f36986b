using Akka.Actor;
using Akka.TestKit;
using AkkaComfy.Actors.Instance;
using AkkaComfy.Actors.Tests.Faults.Support;
using AkkaComfy.Actors.Tests.Support;
using AkkaComfy.ComfyUI;
using AkkaComfy.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaComfy.Actors.Tests.Faults.Connection;

/// <summary>One connection under test, with the probes that stand for its instance and for its lessee.</summary>
internal sealed class AConnection
{
    public const string ClientId = "client-1";

    private readonly VirtualTime _test;
    private readonly IActorRef _nursery;

    private AConnection(VirtualTime test, IActorRef nursery, IActorRef actor, TestProbe parent, ScriptedComfy comfy)
    {
        (_test, _nursery, Actor, Parent, Comfy) = (test, nursery, actor, parent, comfy);
        Lessee = test.CreateTestProbe();
    }

    public IActorRef Actor { get; }

    public TestProbe Parent { get; }

    public TestProbe Lessee { get; }

    public ScriptedComfy Comfy { get; }

    public ScriptedSocket Socket => Comfy.Sockets[^1];

    public static async Task<AConnection> StartAsync(VirtualTime test, ScriptedComfy comfy, double chance = 0)
    {
        var services = ServicesOf(comfy, () => chance);
        var (nursery, actor, parent) = await Nursery.RaiseAsync(
            test, ConnectionActor.Props(services, ClientId), "connection");
        var connection = new AConnection(test, nursery, actor, parent, comfy);
        await connection.SettleAsync();
        return connection;
    }

    /// <summary>A connection in the state, whatever led there.</summary>
    public static async Task<AConnection> InAsync(VirtualTime test, ConnectionState state)
    {
        var comfy = new ScriptedComfy();
        comfy.GateOf(Call.Connect).IsShut = state == ConnectionState.Connecting;
        if (state == ConnectionState.BackingOff)
        {
            comfy.Fail(Call.Connect, ScriptedComfy.Refused());
        }

        var connection = await StartAsync(test, comfy);
        Assert.Equal(state, connection.LastState());
        return connection;
    }

    public static InstanceServices ServicesOf(ScriptedComfy comfy, Func<double> chance) => new(
        comfy.Endpoint, comfy, new MemoryBlobs(), Samples.Catalog,
        new FleetOptions { Endpoints = [comfy.Endpoint], MaxConcurrentJobs = 2 }, NullLoggerFactory.Instance, chance);

    /// <summary>The lessee attaches and is told how things stand.</summary>
    public async Task AttachAsync()
    {
        Actor.Tell(new Connections.Attach(Lessee.Ref));
        await SettleAsync();
    }

    public async Task TellAsync(object message)
    {
        Actor.Tell(message);
        await SettleAsync();
    }

    public async Task RestartAsync()
    {
        await Nursery.RestartAsync(_nursery);
        await SettleAsync();
    }

    public Task AdvanceAsync(TimeSpan by, TimeSpan? step = null) =>
        _test.AdvanceAsync(by, step ?? by, Actor, _nursery, Parent.Ref, Lessee.Ref);

    public async Task SettleAsync() => await VirtualTime.SettleAsync(Actor, _nursery, Parent.Ref, Lessee.Ref);

    /// <summary>The last state of which the instance was told since it was last asked for.</summary>
    public ConnectionState? LastState() =>
        Everything(Parent).OfType<Connections.Changed>().LastOrDefault()?.State;

    /// <summary>What the lessee was told since it was last asked for.</summary>
    public IReadOnlyList<object> Told() => [.. Everything(Lessee)];

    public async Task StopAsync()
    {
        await _test.EndAsync(Actor, () => Actor.Tell(PoisonPill.Instance));
    }

    /// <summary>Every socket that was ever opened was closed with a handshake and disposed; no call hangs.</summary>
    public void NothingIsLeft()
    {
        Assert.All(Comfy.Sockets, socket => Assert.True(socket.IsDisposed));
        Assert.Equal(0, Comfy.HeldCalls);
        _test.NothingIsScheduled();
    }

    private static IEnumerable<object> Everything(TestProbe probe)
    {
        while (probe.HasMessages)
        {
            yield return probe.ReceiveOne(TimeSpan.Zero)!;
        }
    }
}

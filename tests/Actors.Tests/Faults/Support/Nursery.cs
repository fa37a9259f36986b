using Akka.Actor;
using Akka.TestKit;

namespace AkkaComfy.Actors.Tests.Faults.Support;

/// <summary>Raises one actor as its parent would, and restarts it on demand, whatever state it is in.</summary>
/// <remarks>What the actor tells its parent goes to the probe. A sibling that fails takes it along: all for one.</remarks>
internal sealed class Nursery : ReceiveActor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private IActorRef _asker = ActorRefs.Nobody;

    public Nursery(Props subject, string name, IActorRef parent)
    {
        var child = Context.ActorOf(subject, name);
        var bomb = Context.ActorOf(Props.Create(() => new Bomb()), "bomb");
        Receive<GetChild>(_ => Sender.Tell(child));
        Receive<Explode>(explode =>
        {
            _asker = Sender;
            bomb.Tell(explode);
        });
        // By now every sibling has been told to restart, and will before it takes another message.
        Receive<Rebuilt>(rebuilt => _asker.Tell(rebuilt));
        Receive<Say>(say => child.Tell(say.Message));
        ReceiveAny(parent.Forward);
    }

    protected override SupervisorStrategy SupervisorStrategy() => new AllForOneStrategy(
        maxNrOfRetries: -1,
        withinTimeRange: Timeout.InfiniteTimeSpan,
        localOnlyDecider: cause => cause is ActorKilledException ? Directive.Stop : Directive.Restart);

    /// <summary>The nursery with its child in it, and the probe that stands for the parent.</summary>
    public static async Task<(IActorRef Nursery, IActorRef Child, TestProbe Parent)> RaiseAsync(
        VirtualTime test, Props subject, string name)
    {
        var parent = test.CreateTestProbe();
        var nursery = test.Sys.ActorOf(Props.Create(() => new Nursery(subject, name, parent.Ref)));
        return (nursery, await nursery.Ask<IActorRef>(GetChild.Instance, Patience), parent);
    }

    /// <summary>Restarts the child of the nursery.</summary>
    public static Task RestartAsync(IActorRef nursery) => nursery.Ask<Rebuilt>(new Explode("a bug"), Patience);

    private sealed class Bomb : ReceiveActor
    {
        public Bomb() => Receive<Explode>(explode => throw new InvalidOperationException(explode.Why));

        protected override void PostRestart(Exception reason) => Context.Parent.Tell(Rebuilt.Instance);
    }

    /// <summary>Told to the child by its parent.</summary>
    internal sealed record Say(object Message);

    private sealed record Explode(string Why);

    private sealed record Rebuilt
    {
        public static Rebuilt Instance { get; } = new();
    }

    private sealed record GetChild
    {
        public static GetChild Instance { get; } = new();
    }
}

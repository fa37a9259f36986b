using Akka.Actor;

namespace AkkaComfy.Actors;

/// <summary>Watches the top of the tree: what has stopped there is not made anew by anybody.</summary>
public sealed class Sentinel : ReceiveActor
{
    private readonly IReadOnlyList<IActorRef> _vital;

    public Sentinel(IReadOnlyList<IActorRef> vital, IVitalLoss loss)
    {
        _vital = vital;
        Receive<Terminated>(dead => loss.Lost(dead.ActorRef.Path.ToStringWithoutAddress()));
    }

    protected override void PreStart()
    {
        foreach (var actor in _vital)
        {
            Context.Watch(actor);
        }
    }

    public static Props Props(IVitalLoss loss, params IReadOnlyList<IActorRef> vital) =>
        Akka.Actor.Props.Create(() => new Sentinel(vital, loss));
}

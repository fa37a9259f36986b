using Akka.Actor;

namespace Akka.Event;

/// <summary>
/// The bus of an actor system: events go to those who subscribed to their type, a base type or an interface of it.
/// Actors that stop are unsubscribed.
/// </summary>
public class EventStream(bool debug) : LoggingBus
{
    private IActorRef? _unsubscriber;

    public override bool Subscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        var added = base.Subscribe(subscriber, channel);
        _unsubscriber?.Tell(new Unsubscriber.Register(subscriber), ActorRefs.NoSender);
        Trace(() => $"subscribing {subscriber} to channel {channel}");
        return added;
    }

    public override bool Unsubscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        var removed = base.Unsubscribe(subscriber, channel);
        Trace(() => $"unsubscribing {subscriber} from channel {channel}");
        return removed;
    }

    public override bool Unsubscribe(IActorRef subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        var removed = base.Unsubscribe(subscriber);
        Trace(() => $"unsubscribing {subscriber} from all channels");
        return removed;
    }

    internal void StartUnsubscriber(ActorSystemImpl system) =>
        _unsubscriber = system.SystemActorOf(Props.Create(() => new Unsubscriber(this)), "EventStreamUnsubscriber");

    private void Trace(Func<string> what)
    {
        if (debug)
            Publish(new Debug(nameof(EventStream), GetType(), what()));
    }

    private sealed class Unsubscriber(EventStream stream) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Register register:
                    Context.Watch(register.Subscriber);
                    break;
                case Terminated terminated:
                    stream.Unsubscribe(terminated.ActorRef);
                    break;
            }
        }

        public sealed record Register(IActorRef Subscriber) : IDeadLetterSuppression;
    }
}

/// <summary>Subscribes by type argument.</summary>
public static class EventStreamExtensions
{
    public static bool Subscribe<TClassifier>(this EventStream eventStream, IActorRef subscriber) =>
        eventStream.Subscribe(subscriber, typeof(TClassifier));
}

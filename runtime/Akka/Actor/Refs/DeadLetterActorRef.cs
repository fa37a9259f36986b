using Akka.Event;

namespace Akka.Actor;

/// <summary>Where messages to stopped and missing actors end: it publishes them on the event stream.</summary>
public sealed class DeadLetterActorRef(IActorRefProvider provider, ActorPath path, EventStream eventStream)
    : EmptyLocalActorRef(provider, path, eventStream)
{
    public override bool IsTerminated => false;

    private protected override void Publish(DeadLetter letter)
    {
        if (letter.Message is IDeadLetterSuppression suppressed)
            Events.Publish(new SuppressedDeadLetter(suppressed, letter.Sender, letter.Recipient));
        else
            Events.Publish(letter);
    }
}

using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The reference of a path where no actor lives: what it is sent becomes a dead letter.</summary>
public class EmptyLocalActorRef(IActorRefProvider provider, ActorPath path, EventStream eventStream) : MinimalActorRef
{
    private protected EventStream Events { get; } = eventStream;

    public override ActorPath Path { get; } = path;
    public override IActorRefProvider Provider { get; } = provider;
    public override bool IsTerminated => true;

    protected override void TellInternal(object message, IActorRef? sender)
    {
        if (message is DeadLetter letter)
            Publish(letter);
        else if (!HandleSpecially(message, sender))
            Events.Publish(new DeadLetter(message, sender ?? Provider.DeadLetters, this));
    }

    public override void SendSystemMessage(ISystemMessage message)
    {
        if (message is Watch watch && !Equals(watch.Watcher))
            ((IInternalActorRef)watch.Watcher).SendSystemMessage(
                new DeathWatchNotification(this, ExistenceConfirmed: false));
    }

    private protected virtual void Publish(DeadLetter letter) { }

    private bool HandleSpecially(object message, IActorRef? sender)
    {
        switch (message)
        {
            case Identify identify:
                sender?.Tell(new ActorIdentity(identify.MessageId, null!), ActorRefs.NoSender);
                return true;
            case ActorSelectionMessage { WildCardFanOut: true }:
                return true;
            case IDeadLetterSuppression suppressed:
                Events.Publish(new SuppressedDeadLetter(suppressed, sender ?? Provider.DeadLetters, this));
                return true;
            default:
                return false;
        }
    }
}

/// <summary>Where messages to stopped and missing actors end: it publishes them on the event stream.</summary>
public sealed class DeadLetterActorRef(IActorRefProvider provider, ActorPath path, EventStream eventStream)
    : EmptyLocalActorRef(provider, path, eventStream)
{
    public override bool IsTerminated => false;

    private protected override void Publish(DeadLetter letter)
    {
        // Who asks an actor that stops before it comes to that is told that there is none.
        if (letter.Message is Identify identify)
        {
            letter.Sender.Tell(new ActorIdentity(identify.MessageId, null!), ActorRefs.NoSender);
            return;
        }

        Events.Publish(letter.Message is IDeadLetterSuppression suppressed
            ? new SuppressedDeadLetter(suppressed, letter.Sender, letter.Recipient)
            : letter);
    }
}

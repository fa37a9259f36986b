using Akka.Actor;

namespace Akka.Event;

/// <summary>Every message that reached nobody.</summary>
public abstract record AllDeadLetters(object Message, IActorRef Sender, IActorRef Recipient)
{
    public sealed override string ToString() => $"{GetType().Name} from {Sender} to {Recipient}: <{Message}>";
}

/// <summary>A message to an actor that has stopped or never was.</summary>
public sealed record DeadLetter(object Message, IActorRef Sender, IActorRef Recipient)
    : AllDeadLetters(Message, Sender, Recipient);

/// <summary>A dead letter that is to be expected; see <see cref="IDeadLetterSuppression"/>.</summary>
public sealed record SuppressedDeadLetter : AllDeadLetters
{
    public SuppressedDeadLetter(IDeadLetterSuppression message, IActorRef sender, IActorRef recipient)
        : base(message, sender, recipient) { }
}

/// <summary>A message dropped for a reason other than the end of its recipient, such as a full queue.</summary>
public sealed record Dropped(object Message, string Reason, IActorRef Sender, IActorRef Recipient)
    : AllDeadLetters(Message, Sender, Recipient)
{
    public Dropped(object message, string reason, IActorRef recipient)
        : this(message, reason, ActorRefs.NoSender, recipient) { }
}

/// <summary>A message that an actor's behaviour did not handle.</summary>
public sealed record UnhandledMessage(object Message, IActorRef Sender, IActorRef Recipient)
{
    public override string ToString() => $"Unhandled message from {Sender} to {Recipient}: <{Message}>";
}

using Akka.Actor;

namespace Akka.Event;

/// <summary>Every message that reached nobody.</summary>
public abstract class AllDeadLetters(object message, IActorRef sender, IActorRef recipient)
{
    public object Message { get; } = message;
    public IActorRef Sender { get; } = sender;
    public IActorRef Recipient { get; } = recipient;

    public override string ToString() => $"{GetType().Name} from {Sender} to {Recipient}: <{Message}>";
}

/// <summary>A message to an actor that has stopped or never was.</summary>
public sealed class DeadLetter(object message, IActorRef sender, IActorRef recipient)
    : AllDeadLetters(message, sender, recipient);

/// <summary>A dead letter that is to be expected; see <see cref="IDeadLetterSuppression"/>.</summary>
public sealed class SuppressedDeadLetter(IDeadLetterSuppression message, IActorRef sender, IActorRef recipient)
    : AllDeadLetters(message, sender, recipient);

/// <summary>A message dropped for a reason other than the end of its recipient, such as a full queue.</summary>
public sealed class Dropped(object message, string reason, IActorRef sender, IActorRef recipient)
    : AllDeadLetters(message, sender, recipient)
{
    public Dropped(object message, string reason, IActorRef recipient)
        : this(message, reason, ActorRefs.NoSender, recipient) { }

    public string Reason { get; } = reason;
}

/// <summary>A message that an actor's behaviour did not handle.</summary>
public sealed class UnhandledMessage(object message, IActorRef sender, IActorRef recipient)
{
    public object Message { get; } = message;
    public IActorRef Sender { get; } = sender;
    public IActorRef Recipient { get; } = recipient;
    public override string ToString() => $"Unhandled message from {Sender} to {Recipient}: <{Message}>";
}

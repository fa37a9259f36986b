namespace Akka.Actor;

/// <summary>A queued message and a link of its queue: the one allocation of a send.</summary>
internal sealed class Letter(object message, IActorRef? sender)
{
    public readonly object Message = message;
    public readonly IActorRef? Sender = sender;
    public Letter? Next;
}

/// <summary>A message together with its sender.</summary>
public readonly struct Envelope(object message, IActorRef? sender)
{
    public Envelope(object message, IActorRef? sender, ActorSystem system) : this(message, sender ?? system.DeadLetters)
    {
    }

    public object Message { get; } = message;
    public IActorRef Sender { get; } = sender!;
    public override string ToString() => $"<{Message}> from {(Sender is null ? "NoSender" : Sender.ToString())}";
}

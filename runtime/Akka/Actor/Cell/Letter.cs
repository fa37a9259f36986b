namespace Akka.Actor;

/// <summary>A queued message and a link of its queue: the one allocation of a send.</summary>
internal sealed class Letter(object message, IActorRef? sender)
{
    public readonly object Message = message;
    public readonly IActorRef? Sender = sender;
    public Letter? Next;
}

namespace Akka.Actor;

/// <summary>The reference to no actor.</summary>
public sealed class Nobody : MinimalActorRef
{
    private Nobody() { }

    public static readonly Nobody Instance = new();

    public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems) / "nobody";

    public override IActorRefProvider Provider => throw new NotSupportedException("Nobody does not provide");
}

/// <summary>The references that stand for no actor.</summary>
public static class ActorRefs
{
    public static readonly Nobody Nobody = Nobody.Instance;

    /// <summary>No sender: replies to it become dead letters.</summary>
    public static readonly IActorRef NoSender = null!;
}

/// <summary>Tests and sends on references.</summary>
public static class ActorRefExtensions
{
    public static bool IsNobody(this IActorRef? actorRef) => actorRef is null or Akka.Actor.Nobody;

    public static IActorRef GetOrElse(this IActorRef? actorRef, Func<IActorRef> elseValue) =>
        actorRef.IsNobody() ? elseValue() : actorRef!;
}

/// <summary>Sends with the sender that the surrounding actor implies.</summary>
public static class ActorRefImplicitSenderExtensions
{
    public static void Tell(this IActorRef receiver, object message) =>
        receiver.Tell(message, ActorCell.GetCurrentSelfOrNoSender());

    public static void Forward(this IActorRef receiver, object message) =>
        receiver.Tell(message, ActorCell.GetCurrentSenderOrNoSender());
}

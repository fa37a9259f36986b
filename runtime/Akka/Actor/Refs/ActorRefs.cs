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

namespace Akka.Actor;

/// <summary>Tells a watcher that the actor it watched has stopped.</summary>
public sealed class Terminated(IActorRef actorRef, bool existenceConfirmed, bool addressTerminated)
    : IAutoReceivedMessage, IPossiblyHarmful, IDeadLetterSuppression, INoSerializationVerificationNeeded
{
    public IActorRef ActorRef { get; } = actorRef;
    public bool AddressTerminated { get; } = addressTerminated;
    public bool ExistenceConfirmed { get; } = existenceConfirmed;

    public override string ToString() =>
        $"<Terminated>: {ActorRef} - ExistenceConfirmed={ExistenceConfirmed} - AddressTerminated={AddressTerminated}";
}

/// <summary>Asks an actor who it is; it answers with an <see cref="ActorIdentity"/>.</summary>
public sealed class Identify(object messageId) : IAutoReceivedMessage, INotInfluenceReceiveTimeout
{
    public object MessageId { get; } = messageId;
    public override string ToString() => $"<Identify>: {MessageId}";
}

/// <summary>The answer to <see cref="Identify"/>; without a subject when nobody is there.</summary>
public sealed class ActorIdentity(object messageId, IActorRef? subject)
{
    public object MessageId { get; } = messageId;
    public IActorRef Subject { get; } = subject!;
    public override string ToString() => $"<ActorIdentity>: {Subject} - MessageId={MessageId}";
}

/// <summary>Stops the actor once everything queued before it has been handled.</summary>
public sealed class PoisonPill : IAutoReceivedMessage, IPossiblyHarmful, IDeadLetterSuppression
{
    private PoisonPill() { }

    public static PoisonPill Instance { get; } = new();
    public override string ToString() => "<PoisonPill>";
}

/// <summary>Makes the actor throw <see cref="ActorKilledException"/>, which its supervisor then decides upon.</summary>
public sealed class Kill : IAutoReceivedMessage, IPossiblyHarmful
{
    private Kill() { }

    public static Kill Instance { get; } = new();
    public override string ToString() => "<Kill>";
}

/// <summary>Tells an actor that nothing reached it for as long as its receive timeout.</summary>
public sealed class ReceiveTimeout : IPossiblyHarmful
{
    private ReceiveTimeout() { }

    public static ReceiveTimeout Instance { get; } = new();
    public override string ToString() => "<ReceiveTimeout>";
}

/// <summary>Asks a guardian to stop one of its children.</summary>
public sealed class StopChild(IActorRef child)
{
    public IActorRef Child { get; } = child;
    public override string ToString() => $"<StopChild> {Child}";
}

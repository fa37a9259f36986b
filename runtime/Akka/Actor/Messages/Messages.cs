namespace Akka.Actor;

/// <summary>Marks messages that the actor's cell handles before its behaviour sees them.</summary>
public interface IAutoReceivedMessage;

/// <summary>Marks messages that do not restart the receive timeout of the actor they reach.</summary>
public interface INotInfluenceReceiveTimeout;

/// <summary>Marks messages that say something is possibly harmful to let anyone send.</summary>
public interface IPossiblyHarmful;

/// <summary>Marks messages that are expected to end as dead letters now and then and need no warning.</summary>
public interface IDeadLetterSuppression;

/// <summary>Marks messages that are never serialized.</summary>
public interface INoSerializationVerificationNeeded;

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
public sealed record Identify(object MessageId) : IAutoReceivedMessage, INotInfluenceReceiveTimeout;

/// <summary>The answer to <see cref="Identify"/>; without a subject when nobody is there.</summary>
public sealed record ActorIdentity(object MessageId, IActorRef Subject);

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
public sealed record StopChild(IActorRef Child);

/// <summary>The outcome of an operation, as a message.</summary>
public abstract class Status
{
    public sealed class Success(object? status) : Status
    {
        public static readonly Success Instance = new(null);
        public object Status { get; } = status!;
        public override string ToString() => Status is null ? "Success" : $"Success: {Status}";
    }

    public sealed class Failure(Exception cause, object? state = null) : Status
    {
        public Exception Cause { get; } = cause;
        public object State { get; } = state!;
        public override string ToString() => $"Failure: {Cause}";
    }
}

/// <summary>A failure as older code reports it; an Ask answered with it fails.</summary>
public sealed class Failure
{
    public Exception Exception { get; set; } = null!;
    public DateTime Timestamp { get; set; }
}

using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Equality, order and text of references: same path and same incarnation.</summary>
public abstract class ActorRefBase : IActorRef
{
    public abstract ActorPath Path { get; }

    public void Tell(object message, IActorRef? sender)
    {
        if (message is null)
            throw new InvalidMessageException();
        TellInternal(message, sender ?? ActorRefs.NoSender);
    }

    protected abstract void TellInternal(object message, IActorRef? sender);

    public virtual bool Equals(IActorRef? other) =>
        ReferenceEquals(this, other) || (other is not null && Path.Uid == other.Path.Uid && Path.Equals(other.Path));

    public override bool Equals(object? obj) => Equals(obj as IActorRef);
    public override int GetHashCode() => HashCode.Combine(Path.Uid, Path.Name);

    public int CompareTo(IActorRef? other)
    {
        if (other is null)
            return 1;
        var byPath = Path.CompareTo(other.Path);
        return byPath != 0 ? byPath : Path.Uid.CompareTo(other.Path.Uid);
    }

    public int CompareTo(object? obj) => CompareTo(obj as IActorRef);

    public override string ToString() => $"[{Path.ToStringWithUid()}]";
}

/// <summary>A reference that the runtime can supervise and watch.</summary>
public abstract class InternalActorRefBase : ActorRefBase, IInternalActorRef
{
    public abstract IInternalActorRef Parent { get; }
    public abstract IActorRefProvider Provider { get; }
    public abstract bool IsTerminated { get; }
    public abstract bool IsLocal { get; }
    public abstract IActorRef GetChild(IReadOnlyList<string> name);
    public abstract void Start();
    public abstract void Stop();
    public abstract void Suspend();
    public abstract void Resume(Exception? causedByFailure = null);
    public abstract void Restart(Exception cause);
    public abstract void SendSystemMessage(ISystemMessage message);
}

/// <summary>A reference without an actor behind it; what does not apply to it does nothing.</summary>
public abstract class MinimalActorRef : InternalActorRefBase, ILocalRef
{
    public override IInternalActorRef Parent => ActorRefs.Nobody;
    public override bool IsTerminated => false;
    public override bool IsLocal => true;

    public override IActorRef GetChild(IReadOnlyList<string> name) =>
        name.All(string.IsNullOrEmpty) ? this : ActorRefs.Nobody;

    public override void Start()
    {
    }

    public override void Stop()
    {
    }

    public override void Suspend()
    {
    }

    public override void Resume(Exception? causedByFailure = null)
    {
    }

    public override void Restart(Exception cause)
    {
    }

    public override void SendSystemMessage(ISystemMessage message)
    {
    }

    protected override void TellInternal(object message, IActorRef? sender)
    {
    }
}

/// <summary>The reference to no actor.</summary>
public sealed class Nobody : MinimalActorRef
{
    private Nobody()
    {
    }

    public static readonly Nobody Instance = new();

    public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems) / "nobody";

    public override IActorRefProvider Provider =>
        throw new NotSupportedException("Nobody does not provide");
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

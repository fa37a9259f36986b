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

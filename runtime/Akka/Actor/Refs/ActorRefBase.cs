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

/// <summary>A reference that the runtime can supervise and watch; what does not apply to it does nothing.</summary>
public abstract class InternalActorRefBase : ActorRefBase, IInternalActorRef
{
    public abstract IActorRefProvider Provider { get; }
    public virtual IInternalActorRef Parent => ActorRefs.Nobody;
    public virtual bool IsTerminated => false;
    public virtual bool IsLocal => true;

    public virtual IActorRef GetChild(IReadOnlyList<string> name) =>
        name.All(string.IsNullOrEmpty) ? this : ActorRefs.Nobody;

    public virtual void Start() { }
    public virtual void Stop() { }
    public virtual void Suspend() { }
    public virtual void Resume(Exception? causedByFailure = null) { }
    public virtual void Restart(Exception cause) { }
    public virtual void SendSystemMessage(ISystemMessage message) { }
}

/// <summary>A reference without an actor behind it.</summary>
public abstract class MinimalActorRef : InternalActorRefBase, ILocalRef
{
    protected override void TellInternal(object message, IActorRef? sender) { }
}

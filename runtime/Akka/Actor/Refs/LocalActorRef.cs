using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>A reference with a cell behind it.</summary>
public abstract class ActorRefWithCell : InternalActorRefBase
{
    public abstract ActorCell Underlying { get; }
    public abstract IEnumerable<IActorRef> Children { get; }
    public abstract IInternalActorRef GetSingleChild(string name);
}

/// <summary>The reference to an actor of this process.</summary>
public class LocalActorRef : ActorRefWithCell, ILocalRef
{
    private readonly ActorCell _cell;

    internal LocalActorRef(ActorSystemImpl system, Props props, IInternalActorRef parent, ActorPath path)
    {
        Path = path;
        _cell = new ActorCell(system, this, props, parent);
    }

    public sealed override ActorPath Path { get; }
    public ActorCell Cell => _cell;
    public override ActorCell Underlying => _cell;
    public override IActorRefProvider Provider => _cell.SystemImpl.Provider;
    public override IInternalActorRef Parent => _cell.ParentRef;
    public override IEnumerable<IActorRef> Children => _cell.GetChildren();
    public override bool IsTerminated => _cell.IsTerminated;
    public override void Start() => _cell.Start();
    public override void Stop() => _cell.Send(new Terminate());
    public override void Suspend() => _cell.Send(new Suspend());
    public override void Resume(Exception? causedByFailure = null) => _cell.Send(new Resume(causedByFailure));
    public override void Restart(Exception cause) => _cell.Send(new Recreate(cause));
    public override void SendSystemMessage(ISystemMessage message) => _cell.Send((SystemMessage)message);

    protected override void TellInternal(object message, IActorRef? sender) =>
        _cell.Enqueue(new Letter(message, sender));

    public override IInternalActorRef GetSingleChild(string name) => _cell.FindChild(name);

    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        IInternalActorRef here = this;
        for (var i = 0; i < name.Count; i++)
        {
            switch (name[i])
            {
                case "":
                    continue;
                case "..":
                    here = here.Parent;
                    break;
                case var child:
                    if (here is not ActorRefWithCell parent)
                        return here.GetChild(name.Skip(i).ToArray());
                    here = parent.GetSingleChild(child);
                    break;
            }
            if (here.IsNobody())
                return here;
        }
        return here;
    }

    public override bool Equals(IActorRef? other) =>
        ReferenceEquals(this, other) || (other is not LocalActorRef && base.Equals(other));

    public override int GetHashCode() => base.GetHashCode();
}

namespace Akka.Actor;

/// <summary>The path of any actor but the root.</summary>
public sealed class ChildActorPath(ActorPath parentPath, string name, long uid) : ActorPath(name, uid)
{
    public override ActorPath Root
    {
        get
        {
            var path = Parent;
            while (path is ChildActorPath)
                path = path.Parent;
            return path;
        }
    }

    public override Address Address => Root.Address;
    public override ActorPath Parent { get; } = parentPath;

    public override int Depth
    {
        get
        {
            var depth = 1;
            for (var path = Parent; path is ChildActorPath; path = path.Parent)
                depth++;
            return depth;
        }
    }

    public override ActorPath WithUid(long uid) => uid == Uid ? this : new ChildActorPath(Parent, Name, uid);
}

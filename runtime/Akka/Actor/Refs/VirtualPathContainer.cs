using System.Collections.Concurrent;

namespace Akka.Actor;

/// <summary>A place in the tree for references that have no actor as parent, such as those of Ask.</summary>
public sealed class VirtualPathContainer(IActorRefProvider provider, ActorPath path, IInternalActorRef parent)
    : MinimalActorRef
{
    private readonly ConcurrentDictionary<string, IInternalActorRef> _children = new(StringComparer.Ordinal);

    public override ActorPath Path { get; } = path;
    public override IActorRefProvider Provider { get; } = provider;
    public override IInternalActorRef Parent { get; } = parent;
    public bool HasChildren => !_children.IsEmpty;
    public void AddChild(string name, IInternalActorRef actor) => _children[name] = actor;
    public void RemoveChild(string name) => _children.TryRemove(name, out _);
    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        if (name.Count == 0 || name[0].Length == 0)
            return this;
        if (!_children.TryGetValue(name[0].Split('#')[0], out var child))
            return ActorRefs.Nobody;
        return name.Count == 1 ? child : child.GetChild(name.Skip(1).ToArray());
    }
}

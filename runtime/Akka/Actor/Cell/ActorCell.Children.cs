using System.Globalization;

namespace Akka.Actor;

// Children: their names, and waiting for their end. The table is locked: anyone may create under a guardian, and
// selections look children up from other threads.
public sealed partial class ActorCell
{
    private const string NameAlphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";

    private Dictionary<string, LocalActorRef>? _children;
    private HashSet<LocalActorRef>? _dying;
    private long _nextAnonymous;
    private bool _refusesChildren;

    private static long s_nextUid = Random.Shared.Next(1, int.MaxValue);

    private object ChildrenLock => _self;
    private bool StillAwaitsChildren => _awaitedByChildren == Awaiting.Nothing || _dying is { Count: > 0 };

    public IActorRef ActorOf(Props props, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(props);
        if (name is not null)
            CheckName(name);
        return AttachChild(props, name);
    }

    /// <summary>Creates a child under a name that is not checked, for the runtime itself.</summary>
    internal LocalActorRef AttachChild(Props props, string? name)
    {
        LocalActorRef child;
        lock (ChildrenLock)
        {
            if (_refusesChildren)
                throw new InvalidOperationException("Cannot create child while terminating or terminated");
            name ??= NextName();
            _children ??= new Dictionary<string, LocalActorRef>(StringComparer.Ordinal);
            if (_children.ContainsKey(name))
                throw new InvalidActorNameException($"Actor name \"{name}\" is not unique!");
            var path = new ChildActorPath(_self.Path, name, Interlocked.Increment(ref s_nextUid));
            child = new LocalActorRef(SystemImpl, props, _self, path);
            _children.Add(name, child);
        }
        child.Start();
        return child;
    }

    public IActorRef Child(string name) => FindChild(name);
    public IEnumerable<IActorRef> GetChildren() => ChildrenSnapshot();

    public void Stop(IActorRef child)
    {
        if (child is LocalActorRef local && IsChild(local))
            StopChild(local);
        else
            ((IInternalActorRef)child).Stop();
    }

    /// <summary>Finds a child by name, or by <c>name#uid</c>.</summary>
    internal IInternalActorRef FindChild(string name)
    {
        var hash = name.IndexOf('#');
        var uid = hash < 0 ? null : name[(hash + 1)..];
        lock (ChildrenLock)
            return _children?.GetValueOrDefault(hash < 0 ? name : name[..hash]) is { } child
                && (uid is null || uid == child.Path.Uid.ToString(CultureInfo.InvariantCulture))
                    ? child
                    : ActorRefs.Nobody;
    }

    internal LocalActorRef[] ChildrenSnapshot()
    {
        lock (ChildrenLock)
            return _children is null or { Count: 0 } ? [] : [.. _children.Values];
    }

    private static void CheckName(string name)
    {
        if (name.Length == 0)
            throw new InvalidActorNameException("Actor name must not be empty.");
        if (!ActorPath.IsValidPathElement(name))
            throw new InvalidActorNameException(
                $"Illegal actor name [{name}]. Actor paths MUST: not start with `$`, include only ASCII letters and " +
                "can only contain these special characters: -_.*$+:@&=,!~'\";()%.");
    }

    private string NextName()
    {
        var name = "$";
        for (var number = _nextAnonymous++; number > 0 || name.Length == 1; number >>= 6)
            name += NameAlphabet[(int)(number & 63)];
        return name;
    }

    private bool IsChild(LocalActorRef child)
    {
        lock (ChildrenLock)
            return _children is not null && _children.TryGetValue(child.Path.Name, out var mine) && mine == child;
    }

    private bool RemoveChild(LocalActorRef child)
    {
        lock (ChildrenLock)
        {
            _dying?.Remove(child);
            if (!IsChild(child))
                return false;
            _children!.Remove(child.Path.Name);
            if (_children.Count == 0)
                _children = null;
            return true;
        }
    }

    private void StopChild(LocalActorRef child)
    {
        lock (ChildrenLock)
            (_dying ??= []).Add(child);
        child.Stop();
    }

    private void StopChildren()
    {
        foreach (var child in ChildrenSnapshot())
            StopChild(child);
    }

    /// <summary>Notes what is to follow the end of the dying children; false when there are none.</summary>
    private bool AwaitChildren(Awaiting what)
    {
        lock (ChildrenLock)
        {
            if (what == Awaiting.Termination && !_refusesChildren)
            {
                _refusesChildren = true;
                // Children that someone created between our stopping them all and this line.
                foreach (var late in _children?.Values.Except(_dying ?? []).ToArray() ?? [])
                    StopChild(late);
            }
            if (_dying is not { Count: > 0 })
                return false;
            _awaitedByChildren = what;
            return true;
        }
    }
}

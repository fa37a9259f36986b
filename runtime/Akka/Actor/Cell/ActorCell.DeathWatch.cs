using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

// Watching others and being watched.
public sealed partial class ActorCell
{
    private DeathWatch? _watch;

    public IActorRef Watch(IActorRef subject)
    {
        WatchWith(subject, null, "Watch");
        return subject;
    }

    public IActorRef WatchWith(IActorRef subject, object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WatchWith(subject, message, "WatchWith");
        return subject;
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        if (!subject.Equals(_self) && _watch?.Forget(subject) == true)
            ((IInternalActorRef)subject).SendSystemMessage(new Unwatch(_self));
        return subject;
    }

    private void WatchWith(IActorRef subject, object? message, string operation)
    {
        if (!subject.Equals(_self) && (_watch ??= new DeathWatch()).Add(subject, message, operation))
            ((IInternalActorRef)subject).SendSystemMessage(new Watch(_self));
    }

    private void WatchedActorTerminated(DeathWatchNotification death)
    {
        if (_watch?.Died(death.Actor) == true && !IsTerminating)
            _self.Tell(new Terminated(death.Actor, death.ExistenceConfirmed, addressTerminated: false), death.Actor);
        if (death.Actor is LocalActorRef child && child.Parent == _self)
            HandleChildTerminated(child);
    }

    private void AddWatcher(IActorRef watcher)
    {
        if (!watcher.Equals(_self))
            (_watch ??= new DeathWatch()).Watchers.Add(watcher);
    }

    private void TellWatchersWeDied()
    {
        if (_watch is null)
            return;
        foreach (var watcher in _watch.Watchers)
        {
            if (!watcher.Equals(ParentRef))
                ((IInternalActorRef)watcher).SendSystemMessage(new DeathWatchNotification(_self, true));
        }
        _watch.Watchers.Clear();
    }

    private void UnwatchAll()
    {
        if (_watch is null)
            return;
        foreach (var subject in _watch.ForgetAll())
            ((IInternalActorRef)subject).SendSystemMessage(new Unwatch(_self));
    }
}

/// <summary>Whom an actor watches, whose end it has yet to be told of, and who watches it.</summary>
internal sealed class DeathWatch
{
    private static readonly object Plain = new();

    private readonly Dictionary<IActorRef, object> _watching = [];
    private Dictionary<IActorRef, object>? _queued;
    private HashSet<IActorRef>? _watchers;

    public HashSet<IActorRef> Watchers => _watchers ??= [];

    /// <returns>False when the subject is watched already.</returns>
    public bool Add(IActorRef subject, object? message, string operation)
    {
        if (_watching.TryAdd(subject, message ?? Plain))
            return true;
        var before = _watching[subject];
        if (ReferenceEquals(before, Plain) ? message is not null : !before.Equals(message))
            throw new InvalidOperationException(
                $"{operation}({subject}) with another termination message than before; unwatch it first.");
        return false;
    }

    /// <returns>Whether the subject was watched, so that it must be told.</returns>
    public bool Forget(IActorRef subject)
    {
        _queued?.Remove(subject);
        return _watching.Remove(subject);
    }

    public IActorRef[] ForgetAll()
    {
        IActorRef[] subjects = [.. _watching.Keys];
        _watching.Clear();
        _queued = null;
        return subjects;
    }

    /// <returns>Whether the dead was watched, so that the actor must be told.</returns>
    public bool Died(IActorRef actor)
    {
        if (!_watching.Remove(actor, out var message))
            return false;
        (_queued ??= [])[actor] = message;
        return true;
    }

    /// <summary>The message to hand over for a queued notice; null when it was unwatched meanwhile.</summary>
    public object? TakeQueued(Terminated terminated)
    {
        if (_queued is null || !_queued.Remove(terminated.ActorRef, out var message))
            return null;
        return ReferenceEquals(message, Plain) ? terminated : message;
    }
}

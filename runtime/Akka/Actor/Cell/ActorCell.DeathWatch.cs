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

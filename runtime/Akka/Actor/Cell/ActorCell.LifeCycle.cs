using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

// From creation over restarts to the end.
public sealed partial class ActorCell
{
    /// <summary>What the cell will do once the children it is stopping are gone.</summary>
    private enum Awaiting : byte
    {
        Nothing,
        Creation,
        Recreation,
        Termination,
    }

    private ActorBase? _actor;
    private IActorRef? _failedBy;
    private Exception? _recreationCause;
    private int _incarnation;
    private Awaiting _awaitedByChildren;

    internal ActorBase? Actor => _actor;
    internal bool IsTerminated => IsClosed;
    private bool IsTerminating => _awaitedByChildren == Awaiting.Termination;

    /// <summary>Schedules the first turn, which the cell has owned since it was made.</summary>
    internal void Start()
    {
        Send(new Create());
        _dispatcher.Execute(this);
    }

    private void HandleSystemMessage(SystemMessage message)
    {
        try
        {
            switch (message)
            {
                case ActorTask task:
                    RunScheduled(task);
                    break;
                case ActorTaskCompleted completed:
                    CompleteAsync(completed);
                    break;
                case DeathWatchNotification death:
                    WatchedActorTerminated(death);
                    break;
                case Watch watch:
                    AddWatcher(watch.Watcher);
                    break;
                case Unwatch unwatch:
                    _watch?.Watchers.Remove(unwatch.Watcher);
                    break;
                case Failed failed:
                    HandleChildFailure(failed);
                    break;
                case Dispatch.SysMsg.Create:
                    Create();
                    break;
                case Recreate recreate:
                    RestartNow(recreate.Cause);
                    break;
                case Suspend:
                    SuspendAll();
                    break;
                case Resume resume:
                    ResumeAll(resume.CausedByFailure);
                    break;
                case Terminate:
                    TerminateNow();
                    break;
            }
        }
        catch (Exception cause)
        {
            Fail(cause, perpetrator: message is Failed failed ? failed.Child : _self);
        }
    }

    private void Create()
    {
        try
        {
            var actor = NewActor();
            _actor = actor;
            actor.AroundPreStart();
            if (SystemImpl.Settings.DebugLifecycle)
                Debug($"Started ({actor.GetType()})");
        }
        catch (Exception cause)
        {
            ClearActor();
            _actor = null;
            throw cause as ActorInitializationException
                ?? new ActorInitializationException(_self, "exception during creation", cause);
        }
    }

    /// <summary>Starts a restart: the old instance says goodbye, its children end, then the new one is made.</summary>
    private void RestartNow(Exception cause)
    {
        if (_actor is null)
        {
            CreateAgain();
            return;
        }
        if (_awaitedByChildren != Awaiting.Nothing)
        {
            ResumeAll(null);
            return;
        }
        var failed = _actor;
        var message = _failedBy is null ? null : _failedLetter?.Message;
        _current = _failedLetter;
        try
        {
            if (!failed.IsCleared)
                failed.AroundPreRestart(cause, message!);
        }
        catch (Exception e)
        {
            var wrapped = new PreRestartException(_self, e, cause, message);
            PublishError(wrapped, e.Message);
        }
        finally
        {
            _current = null;
            _failedLetter = null;
            ClearActor();
        }
        _recreationCause = cause;
        if (!AwaitChildren(Awaiting.Recreation))
            FinishRecreation();
    }

    private void FinishRecreation()
    {
        var cause = _recreationCause!;
        _recreationCause = null;
        var survivors = ChildrenSnapshot();
        try
        {
            Unsuspend();
            ClearFailed();
            var fresh = NewActor();
            _actor = fresh;
            fresh.AroundPostRestart(cause, null!);
            if (SystemImpl.Settings.DebugLifecycle)
                Debug($"Restarted ({fresh.GetType()})");
            foreach (var child in survivors)
                child.Restart(cause);
        }
        catch (Exception e)
        {
            ClearActor();
            _actor = null;
            Fail(new PostRestartException(_self, e, cause), perpetrator: _self, survivors);
        }
    }

    /// <summary>A restart or resume of an actor that was never there: creates it anew.</summary>
    private void CreateAgain()
    {
        CancelIdleTimer();
        StopChildren();
        if (!AwaitChildren(Awaiting.Creation))
            FinishCreation();
    }

    private void FinishCreation()
    {
        Unsuspend();
        ClearFailed();
        Create();
    }

    private void SuspendAll()
    {
        _suspensions++;
        foreach (var child in ChildrenSnapshot())
            child.Suspend();
    }

    private void ResumeAll(Exception? causedByFailure)
    {
        if (_actor is null)
        {
            CreateAgain();
            return;
        }
        if (_actor.IsCleared && causedByFailure is not null)
        {
            RestartNow(causedByFailure);
            return;
        }
        var perpetrator = _failedBy;
        Unsuspend();
        if (causedByFailure is not null)
            ClearFailed();
        foreach (var child in ChildrenSnapshot())
            child.Resume(ReferenceEquals(child, perpetrator) ? causedByFailure : null);
    }

    private void TerminateNow()
    {
        CancelIdleTimer();
        UnwatchAll();
        StopChildren();
        var already = IsTerminating;
        if (!AwaitChildren(Awaiting.Termination))
            FinishTermination();
        else if (!already)
        {
            // No user message and no further failure of ours while the children end.
            _suspensions++;
            _failedBy = _self;
        }
    }

    private void FinishTermination()
    {
        _awaitedByChildren = Awaiting.Termination;
        CancelIdleTimer();
        var actor = _actor;
        try
        {
            if (actor is { IsCleared: false })
                actor.AroundPostStop();
        }
        catch (Exception e)
        {
            PublishError(e, e.Message);
        }
        if (SystemImpl.Settings.DebugLifecycle)
            Debug("Stopped");
        ClearActor();
        CloseMailbox();
        ParentRef.SendSystemMessage(new DeathWatchNotification(_self, ExistenceConfirmed: true));
        TellWatchersWeDied();
        UnwatchAll();
        // Whoever keeps the reference keeps the cell, but not what hung on it.
        _actor = null;
        _behavior = null;
        _below = null;
        _current = _failedLetter = _asyncLetter = null;
        _watch = null;
        _dying = null;
    }

    private void CancelIdleTimer()
    {
        _idleTimer?.Cancel();
        _idleTimer = null;
    }

    private void Unsuspend()
    {
        if (_suspensions > _awaiting)
            _suspensions--;
    }
}

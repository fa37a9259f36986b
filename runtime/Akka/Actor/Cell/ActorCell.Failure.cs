using System.Runtime.ExceptionServices;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

// Failing, and judging the failures of children.
public sealed partial class ActorCell
{
    private Letter? _failedLetter;
    private ChildRestartStats? _restarts;

    /// <summary>How often this actor was restarted; kept here, owned by its parent.</summary>
    internal ChildRestartStats Restarts => _restarts ??= new ChildRestartStats(_self, SystemImpl.Time);

    private bool IsFailed => _failedBy is not null;

    /// <summary>Suspends this actor and its children, but for the one to blame, and asks the parent for a verdict.</summary>
    private void Fail(Exception cause, IActorRef perpetrator, IReadOnlyList<IInternalActorRef>? alreadySuspended = null)
    {
        var letter = _current;
        _current = null;
        if (IsFailed || IsClosed)
        {
            if (!IsClosed && !IsTerminating)
                PublishError(cause, cause.Message);
            return;
        }
        _failedLetter = letter;
        _failedBy = perpetrator;
        _suspensions++;
        foreach (var child in ChildrenSnapshot())
        {
            if (!child.Equals(perpetrator) && alreadySuspended?.Contains(child) != true)
                child.Suspend();
        }
        ParentRef.SendSystemMessage(new Failed(_self, cause));
    }

    private void ClearFailed()
    {
        _failedBy = null;
        _failedLetter = null;
    }

    private void HandleChildFailure(Failed failed)
    {
        if (failed.Child is not LocalActorRef child || !IsChild(child))
            return;
        var outer = _current;
        _current = new Letter(failed, child);
        if (!Strategy.HandleFailure(this, child, failed.Cause, child.Cell.Restarts, new ChildRestartStatsView(this)))
            ExceptionDispatchInfo.Throw(failed.Cause);
        _current = outer;
    }

    private SupervisorStrategy Strategy =>
        _actor?.Strategy ?? Props.SupervisorStrategy ?? SupervisorStrategy.DefaultStrategy;

    private void HandleChildTerminated(LocalActorRef child)
    {
        if (!RemoveChild(child))
            return;
        if (_actor is { } actor && !IsTerminating)
        {
            try
            {
                actor.Strategy.HandleChildTerminated(this, child, ChildrenSnapshot());
            }
            catch (Exception cause)
            {
                Fail(cause, _self);
            }
        }
        if (StillAwaitsChildren)
            return;
        var next = _awaitedByChildren;
        if (next != Awaiting.Termination)
            _awaitedByChildren = Awaiting.Nothing;
        switch (next)
        {
            case Awaiting.Creation:
                FinishCreation();
                break;
            case Awaiting.Recreation:
                FinishRecreation();
                break;
            case Awaiting.Termination:
                FinishTermination();
                break;
        }
    }
}

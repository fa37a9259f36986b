using Akka.Event;

namespace Akka.Actor;

/// <summary>Decides what to do about the failures of an actor's children.</summary>
public abstract class SupervisorStrategy
{
    public static IDecider DefaultDecider { get; } = Akka.Actor.Decider.From(Directive.Restart,
        Directive.Stop.When<ActorInitializationException>(),
        Directive.Stop.When<ActorKilledException>(),
        Directive.Stop.When<DeathPactException>());

    public static SupervisorStrategy DefaultStrategy { get; } = new OneForOneStrategy(DefaultDecider);

    public static SupervisorStrategy StoppingStrategy { get; } =
        new OneForOneStrategy(Akka.Actor.Decider.From(Directive.Stop));

    public abstract IDecider Decider { get; }

    /// <summary>Whether failures are logged; true by default.</summary>
    protected bool LoggingEnabled { get; set; } = true;

    protected abstract Directive Handle(IActorRef child, Exception exception);

    public abstract void ProcessFailure(
        IActorContext context, bool restart, IActorRef child, Exception cause, ChildRestartStats stats,
        IReadOnlyCollection<ChildRestartStats> children);

    public abstract void HandleChildTerminated(
        IActorContext actorContext, IActorRef child, IEnumerable<IInternalActorRef> children);

    /// <returns>False to escalate.</returns>
    public bool HandleFailure(
        ActorCell actorCell, IActorRef child, Exception cause, ChildRestartStats stats,
        IReadOnlyCollection<ChildRestartStats> children)
    {
        var directive = Handle(child, cause);
        LogFailure(actorCell, child, cause, directive);
        if (directive == Directive.Escalate)
            return false;
        if (directive == Directive.Resume)
            ResumeChild(child, cause);
        else
            ProcessFailure(actorCell, directive == Directive.Restart, child, cause, stats, children);
        return true;
    }

    protected void RestartChild(IActorRef child, Exception cause, bool suspendFirst)
    {
        var actor = (IInternalActorRef)child;
        if (suspendFirst)
            actor.Suspend();
        actor.Restart(cause);
    }

    protected void ResumeChild(IActorRef child, Exception exception) => ((IInternalActorRef)child).Resume(exception);

    protected virtual void LogFailure(IActorContext context, IActorRef child, Exception cause, Directive directive)
    {
        if (!LoggingEnabled || directive == Directive.Escalate)
            return;
        var told = cause is ActorInitializationException ? cause.InnerException ?? cause : cause;
        var source = child.Path.ToString();
        LogEvent report = directive == Directive.Resume
            ? new Warning(cause, source, GetType(), told.Message)
            : new Error(cause, source, GetType(), told.Message);
        context.System.EventStream.Publish(report);
    }
}

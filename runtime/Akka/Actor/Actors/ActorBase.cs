namespace Akka.Actor;

/// <summary>The root of all actors.</summary>
public abstract class ActorBase
{
    private ActorCell _cell;
    private SupervisorStrategy? _strategy;

    protected ActorBase()
    {
        _cell = ActorCell.Current is { } cell && cell.TryClaimCreation()
            ? cell
            : throw new ActorInitializationException(
                $"You cannot create an instance of [{GetType().FullName}] explicitly using the constructor (new). " +
                "You have to use one of the factory methods to create a new actor: ActorOf or Props.Create.");
    }

    protected static IActorContext Context => CurrentContext;

    private protected static ActorCell CurrentContext => ActorCell.Current
        ?? throw new NotSupportedException(
            "There is no active ActorContext, this is most likely due to use of async operations " +
            "from within this actor.");

    protected IActorRef Self => _cell.Self;
    protected IActorRef Sender => CurrentContext.Sender;
    private protected ActorCell Cell => _cell;
    internal bool IsCleared { get; private set; }
    internal virtual Receive InitialBehavior => Receive;
    internal SupervisorStrategy Strategy => _strategy ??= _cell.Props.SupervisorStrategy ?? SupervisorStrategy();

    /// <summary>The actor has been constructed and belongs to the cell from now on.</summary>
    internal virtual void Attach(ActorCell cell)
    {
        _cell = cell;
        IsCleared = false;
    }

    internal void Detach() => IsCleared = true;

    protected abstract bool Receive(object message);

    /// <summary>How failures of this actor's children are handled; asked once per incarnation.</summary>
    protected virtual SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.DefaultStrategy;

    protected internal virtual bool AroundReceive(Receive receive, object message)
    {
        var handled = receive(message);
        if (!handled)
            Unhandled(message);
        return handled;
    }

    /// <summary>
    /// Publishes an <see cref="Event.UnhandledMessage"/>; a <see cref="Terminated"/> breaks the death pact.
    /// </summary>
    protected virtual void Unhandled(object message) => _cell.Unhandled(message);

    protected void Become(Receive receive) => Context.Become(receive);
    protected void BecomeStacked(Receive receive) => Context.BecomeStacked(receive);
    protected void UnbecomeStacked() => Context.UnbecomeStacked();
    protected void SetReceiveTimeout(TimeSpan? timeout) => Context.SetReceiveTimeout(timeout);

    /// <summary>Runs an asynchronous action as this actor; further user messages wait until it has ended.</summary>
    protected void RunTask(Func<Task> action) => Dispatch.ActorTaskScheduler.RunTask(action);

    protected void RunTask(Action action) => Dispatch.ActorTaskScheduler.RunTask(action);
    protected virtual void PreStart() { }
    protected virtual void PostStop() { }

    /// <summary>Stops the children, then calls <see cref="PostStop"/>.</summary>
    protected virtual void PreRestart(Exception reason, object message)
    {
        foreach (var child in Context.GetChildren())
        {
            Context.Unwatch(child);
            Context.Stop(child);
        }
        PostStop();
    }

    /// <summary>Calls <see cref="PreStart"/>.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();

    public virtual void AroundPreStart() => PreStart();
    public virtual void AroundPostStop() => PostStop();
    public virtual void AroundPreRestart(Exception cause, object message) => PreRestart(cause, message);
    public virtual void AroundPostRestart(Exception cause, object message) => PostRestart(cause);
}

using System.Globalization;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// The runtime's side of an actor: mailbox, behaviour, children, watches and life cycle, and the context its code sees.
/// </summary>
public sealed partial class ActorCell : IUntypedActorContext
{
    [ThreadStatic]
    private static ActorCell? t_current;

    private readonly LocalActorRef _self;
    private readonly MessageDispatcher _dispatcher;
    private bool _creating;
    private TimerScheduler? _timers;
    private CellStash? _stash;

    internal ActorCell(ActorSystemImpl system, LocalActorRef self, Props props, IInternalActorRef parent)
    {
        SystemImpl = system;
        _self = self;
        Props = props;
        ParentRef = parent;
        _dispatcher = system.Dispatchers.For(props);
        system.Mailboxes.Check(props);
    }

    /// <summary>The cell whose code the calling thread is running.</summary>
    public static ActorCell? Current
    {
        get => t_current;
        // A test thread speaks for its test actor.
        internal set => t_current = value;
    }

    public ActorSystemImpl SystemImpl { get; }
    public ActorSystem System => SystemImpl;
    public Props Props { get; }
    public IActorRef Self => _self;
    public MessageDispatcher Dispatcher => _dispatcher;
    public IActorRef Parent => ParentRef;
    internal IInternalActorRef ParentRef { get; }

    public IActorRef Sender => _current?.Sender ?? SystemImpl.DeadLetters;
    internal Letter? CurrentLetter => _current;
    public object CurrentMessage => _current?.Message!;
    internal TimerScheduler Timers => _timers ??= new TimerScheduler(this);

    public static IActorRef GetCurrentSelfOrNoSender() => t_current is { } cell ? cell._self : ActorRefs.NoSender;
    public static IActorRef GetCurrentSenderOrNoSender() => t_current is { } cell ? cell.Sender : ActorRefs.NoSender;
    public ActorSelection ActorSelection(string path) => Akka.Actor.ActorSelection.Of(path, SystemImpl, _self);
    public ActorSelection ActorSelection(ActorPath path) => Akka.Actor.ActorSelection.Of(path, SystemImpl);

    /// <summary>Lets one actor's base constructor run, and only while this cell creates its actor.</summary>
    internal bool TryClaimCreation()
    {
        var claimed = _creating;
        _creating = false;
        return claimed;
    }

    private ActorBase NewActor()
    {
        _incarnation++;
        _behavior = null;
        _below = null;
        ActorBase actor;
        _creating = true;
        try
        {
            actor = Props.NewActor()
                ?? throw new ActorInitializationException(_self, $"{Props.Type} produced no actor");
        }
        finally
        {
            _creating = false;
        }
        actor.Attach(this);
        if (actor is IWithTimers timed)
            timed.Timers = Timers;
        if (actor is IActorStash stashing)
            stashing.Stash = _stash = new CellStash(this, isBounded: actor is IWithBoundedStash);
        _behavior ??= actor.InitialBehavior;
        return actor;
    }

    /// <summary>Takes from the instance all that the cell gave it.</summary>
    private void ClearActor()
    {
        _timers?.CancelAll();
        _timers = null;
        _stash?.UnstashAll();
        _stash = null;
        if (_actor is not { IsCleared: false } actor)
            return;
        actor.Detach();
        try
        {
            Props.Release(actor);
        }
        catch (Exception e)
        {
            PublishError(e, e.Message);
        }
    }

    private void Publish(LogEvent e) => SystemImpl.EventStream.Publish(e);

    private void PublishError(Exception cause, string message) =>
        Publish(new Error(cause, _self.Path.ToString(), _actor?.GetType() ?? Props.Type, message));

    private void Debug(string message) =>
        Publish(new Debug(_self.Path.ToString(), _actor?.GetType() ?? Props.Type, message));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"ActorCell({_self})");
}

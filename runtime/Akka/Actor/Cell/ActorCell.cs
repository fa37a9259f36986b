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
    public static IActorRef GetCurrentSelfOrNoSender() => t_current is { } cell ? cell._self : ActorRefs.NoSender;
    public static IActorRef GetCurrentSenderOrNoSender() => t_current is { } cell ? cell.Sender : ActorRefs.NoSender;
    public ActorSelection ActorSelection(string path) => ActorRefFactoryShared.ActorSelection(path, SystemImpl, _self);
    public ActorSelection ActorSelection(ActorPath path) => ActorRefFactoryShared.ActorSelection(path, SystemImpl);
    private void Publish(LogEvent e) => SystemImpl.EventStream.Publish(e);

    private void PublishError(Exception cause, string message) =>
        Publish(new Error(cause, _self.Path.ToString(), _actor?.GetType() ?? Props.Type, message));

    private void Debug(string message) =>
        Publish(new Debug(_self.Path.ToString(), _actor?.GetType() ?? Props.Type, message));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"ActorCell({_self})");
}

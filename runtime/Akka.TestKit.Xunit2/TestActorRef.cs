using Akka.Dispatch.SysMsg;

namespace Akka.TestKit;

/// <summary>An actor that runs on the thread that sends to it, with its instance at hand.</summary>
public class TestActorRef<TActor> : InternalActorRefBase where TActor : ActorBase
{
    private readonly LocalActorRef _ref;

    public TestActorRef(ActorSystem system, Props actorProps, IActorRef? supervisor = null, string? name = null)
    {
        var props = actorProps.WithDispatcher("akka.test.calling-thread-dispatcher");
        _ref = supervisor switch
        {
            null => (LocalActorRef)system.ActorOf(props, name),
            LocalActorRef parent => parent.Underlying.AttachChild(props, name),
            _ => throw new NotSupportedException($"A supervisor of type {supervisor.GetType()}"),
        };
    }

    public IActorRef Ref => _ref;
    public TActor UnderlyingActor => (TActor)_ref.Underlying.Actor!;
    public override ActorPath Path => _ref.Path;
    public override IInternalActorRef Parent => _ref.Parent;
    public override IActorRefProvider Provider => _ref.Provider;
    public override bool IsTerminated => _ref.IsTerminated;
    public override bool IsLocal => true;

    /// <summary>Handles the message at once; what the actor throws reaches the caller.</summary>
    public void Receive(object message, IActorRef? sender = null) => _ref.Underlying.ReceiveNow(message, sender);

    public void Watch(IActorRef subject) => _ref.Underlying.Watch(subject);
    public void Unwatch(IActorRef subject) => _ref.Underlying.Unwatch(subject);
    public override IActorRef GetChild(IReadOnlyList<string> name) => _ref.GetChild(name);
    public override void Start() => _ref.Start();
    public override void Stop() => _ref.Stop();
    public override void Suspend() => _ref.Suspend();
    public override void Resume(Exception? causedByFailure = null) => _ref.Resume(causedByFailure);
    public override void Restart(Exception cause) => _ref.Restart(cause);
    public override void SendSystemMessage(ISystemMessage message) => _ref.SendSystemMessage(message);

    protected override void TellInternal(object message, IActorRef? sender) => _ref.Tell(message, sender);
}

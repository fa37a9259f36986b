using Akka.Dispatch.SysMsg;

namespace Akka.TestKit;

/// <summary>A test actor of its own, for tests with several ends; it can be used wherever an actor reference can.
/// </summary>
public class TestProbe : TestKitBase, INoImplicitSender, IInternalActorRef
{
    public TestProbe(ActorSystem system, ITestKitAssertions assertions, string? testProbeName = null)
        : base(assertions, system, testProbeName)
    {
    }

    public IActorRef Ref => TestActor;

    /// <summary>Who sent the last message received.</summary>
    public IActorRef Sender => LastSender;

    public ActorPath Path => TestActor.Path;
    IInternalActorRef IInternalActorRef.Parent => Internal.Parent;
    IActorRefProvider IInternalActorRef.Provider => Internal.Provider;
    bool IInternalActorRef.IsTerminated => Internal.IsTerminated;
    bool IActorRefScope.IsLocal => Internal.IsLocal;
    private IInternalActorRef Internal => (IInternalActorRef)TestActor;
    public void Send(IActorRef actor, object message) => actor.Tell(message, TestActor);
    public void Forward(IActorRef actor) => Forward(actor, LastMessage!);
    public void Forward(IActorRef actor, object message) => actor.Tell(message, Sender);
    public void Reply(object message) => Sender.Tell(message, TestActor);
    public void Tell(object message, IActorRef? sender) => TestActor.Tell(message, sender);

    /// <summary>Not supported: probes are made by the kit that owns the system.</summary>
    public override TestProbe CreateTestProbe(string? name = null) =>
        throw new NotSupportedException("Cannot create a TestProbe from a TestProbe");

    public int CompareTo(object? obj) => TestActor.CompareTo(obj);
    public int CompareTo(IActorRef? other) => TestActor.CompareTo(other);
    public bool Equals(IActorRef? other) => TestActor.Equals(other);
    public override bool Equals(object? obj) => TestActor.Equals(obj);
    public override int GetHashCode() => TestActor.GetHashCode();
    public override string ToString() => TestActor.ToString()!;
    IActorRef IInternalActorRef.GetChild(IReadOnlyList<string> name) => Internal.GetChild(name);
    void IInternalActorRef.Start() => Internal.Start();
    void IInternalActorRef.Stop() => Internal.Stop();
    void IInternalActorRef.Suspend() => Internal.Suspend();
    void IInternalActorRef.Resume(Exception? causedByFailure) => Internal.Resume(causedByFailure);
    void IInternalActorRef.Restart(Exception cause) => Internal.Restart(cause);

    void IInternalActorRef.SendSystemMessage(ISystemMessage message) => Internal.SendSystemMessage(message);
}

using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>What the runtime itself may do with a reference.</summary>
public interface IInternalActorRef : IActorRef, IActorRefScope
{
    IInternalActorRef Parent { get; }
    IActorRefProvider Provider { get; }
    bool IsTerminated { get; }
    IActorRef GetChild(IReadOnlyList<string> name);
    void Start();
    void Stop();
    void Suspend();
    void Resume(Exception? causedByFailure = null);
    void Restart(Exception cause);
    void SendSystemMessage(ISystemMessage message);
}

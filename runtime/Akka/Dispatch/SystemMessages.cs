using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>A message of the runtime to a cell; handled before any user message, in order of arrival.</summary>
public interface ISystemMessage : INoSerializationVerificationNeeded;

/// <summary>A link of a cell's system queue; an instance may be sent once only.</summary>
internal abstract record SystemMessage : ISystemMessage
{
    public SystemMessage? Next;
}

internal sealed record Create : SystemMessage;

internal sealed record Suspend : SystemMessage;

internal sealed record Resume(Exception? CausedByFailure) : SystemMessage;

internal sealed record Recreate(Exception Cause) : SystemMessage;

internal sealed record Terminate : SystemMessage;

internal sealed record Watch(IActorRef Watcher) : SystemMessage;

internal sealed record Unwatch(IActorRef Watcher) : SystemMessage;

/// <summary>A child tells its parent that it failed and waits, suspended, for the verdict.</summary>
internal sealed record Failed(IActorRef Child, Exception Cause) : SystemMessage;

internal sealed record DeathWatchNotification(IActorRef Actor, bool ExistenceConfirmed) : SystemMessage;

/// <summary>A piece of an asynchronous handler, to be run inside its actor.</summary>
internal sealed record ActorTask(Task Task) : SystemMessage;

/// <summary>An asynchronous handler has ended.</summary>
internal sealed record ActorTaskCompleted(Task Task, Letter? Letter, int Incarnation) : SystemMessage;

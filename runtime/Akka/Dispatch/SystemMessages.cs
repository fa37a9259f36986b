using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>A message of the runtime to a cell; handled before any user message, in order of arrival.</summary>
public interface ISystemMessage : INoSerializationVerificationNeeded;

/// <summary>A link of a cell's system queue; an instance may be sent once only.</summary>
public abstract class SystemMessage : ISystemMessage
{
    internal SystemMessage? Next;
}

internal sealed class Create : SystemMessage;

internal sealed class Suspend : SystemMessage;

internal sealed class Resume(Exception? causedByFailure) : SystemMessage
{
    public Exception? CausedByFailure { get; } = causedByFailure;
}

internal sealed class Recreate(Exception cause) : SystemMessage
{
    public Exception Cause { get; } = cause;
}

internal sealed class Terminate : SystemMessage;

internal sealed class Watch(IInternalActorRef watchee, IActorRef watcher) : SystemMessage
{
    public IInternalActorRef Watchee { get; } = watchee;
    public IActorRef Watcher { get; } = watcher;
}

internal sealed class Unwatch(IInternalActorRef watchee, IActorRef watcher) : SystemMessage
{
    public IInternalActorRef Watchee { get; } = watchee;
    public IActorRef Watcher { get; } = watcher;
}

/// <summary>A child tells its parent that it failed and waits, suspended, for the verdict.</summary>
internal sealed class Failed(IActorRef child, Exception cause) : SystemMessage
{
    public IActorRef Child { get; } = child;
    public Exception Cause { get; } = cause;
    public override string ToString() => $"<Failed>: {Child} ({Cause.Message})";
}

internal sealed class DeathWatchNotification(IActorRef actor, bool existenceConfirmed) : SystemMessage
{
    public IActorRef Actor { get; } = actor;
    public bool ExistenceConfirmed { get; } = existenceConfirmed;
}

/// <summary>A piece of an asynchronous handler, to be run inside its actor.</summary>
internal sealed class ActorTask(Task task) : SystemMessage
{
    public Task Task { get; } = task;
}

/// <summary>An asynchronous handler has ended.</summary>
internal sealed class ActorTaskCompleted(Task task, Letter? letter, int incarnation) : SystemMessage
{
    public Task Task { get; } = task;
    public Letter? Letter { get; } = letter;
    public int Incarnation { get; } = incarnation;
}

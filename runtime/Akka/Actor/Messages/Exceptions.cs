namespace Akka.Actor;

/// <summary>The base of every exception the actor system raises.</summary>
public abstract class AkkaException(string? message = null, Exception? cause = null) : Exception(message, cause)
{
    protected Exception? Cause => InnerException;
}

/// <summary>A message that may not be sent, such as <c>null</c>.</summary>
public class InvalidMessageException(string message = "Message is null") : AkkaException(message);

/// <summary>The runtime was used in a way that the state of the actor forbids.</summary>
public class IllegalActorStateException(string message) : AkkaException(message);

/// <summary>An actor name breaks the rules for names.</summary>
public class IllegalActorNameException(string message) : AkkaException(message);

/// <summary>An actor name is empty, malformed or taken.</summary>
public sealed class InvalidActorNameException(string message, Exception? innerException = null)
    : AkkaException(message, innerException);

/// <summary>No answer came within the timeout of an Ask.</summary>
public class AskTimeoutException(string message) : AkkaException(message);

/// <summary>The actor received <see cref="Kill"/>.</summary>
public class ActorKilledException(string message) : AkkaException(message);

/// <summary>A selection matched no actor in time.</summary>
public class ActorNotFoundException(string? message = null, Exception? innerException = null)
    : AkkaException(message, innerException);

/// <summary>An actor could not be created: its constructor or <c>PreStart</c> failed.</summary>
public class ActorInitializationException(string? message = null, Exception? cause = null)
    : AkkaException(message, cause)
{
    public ActorInitializationException(IActorRef? actor, string message, Exception? cause = null)
        : this(message, cause) => Actor = actor!;

    public IActorRef Actor { get; set; } = null!;

    public override string ToString() => Actor is null ? base.ToString() : $"{Actor}: {base.ToString()}";
}

/// <summary><c>PreRestart</c> failed; logged, and the restart goes on.</summary>
public class PreRestartException(IActorRef actor, Exception cause, Exception? restartCause, object? optionalMessage)
    : ActorInitializationException(actor, $"exception in PreRestart({restartCause?.GetType().Name ?? "null"}, " +
        $"{optionalMessage?.GetType().Name ?? "null"})", cause);

/// <summary>The constructor or <c>PostRestart</c> of a restarted actor failed.</summary>
public class PostRestartException(IActorRef actor, Exception cause, Exception? originalCause)
    : ActorInitializationException(actor, $"Exception post restart ({originalCause?.GetType().Name ?? "null"})", cause)
{
    public Exception OriginalCause { get; } = originalCause!;
}

/// <summary>A watched actor stopped and its watcher did not handle <see cref="Terminated"/>.</summary>
public class DeathPactException(IActorRef deadActor) : AkkaException($"Monitored actor [{deadActor}] terminated")
{
    public IActorRef DeadActor { get; } = deadActor;
}

/// <summary>A bounded stash is full.</summary>
public class StashOverflowException(string message, Exception? cause = null) : AkkaException(message, cause);

/// <summary>The scheduler cannot do what it is asked to, such as after its system has terminated.</summary>
public class SchedulerException(string message) : AkkaException(message);

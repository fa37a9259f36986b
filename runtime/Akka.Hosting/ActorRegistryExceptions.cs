namespace Akka.Hosting;

/// <summary>An actor registry was used wrongly.</summary>
public abstract class ActorRegistryException(string message, Exception? innerException = null)
    : Exception(message, innerException);

/// <summary>Two actors were registered under the same key.</summary>
public sealed class DuplicateActorRegistryException(string message, Exception? innerException = null)
    : ActorRegistryException(message, innerException);

/// <summary>No actor is registered under the key asked for.</summary>
public sealed class MissingActorRegistryEntryException(string message, Exception? innerException = null)
    : ActorRegistryException(message, innerException);

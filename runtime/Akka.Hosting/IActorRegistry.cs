namespace Akka.Hosting;

/// <summary>Finds actors by the type they were registered under.</summary>
public interface IReadOnlyActorRegistry : IEnumerable<KeyValuePair<Type, IActorRef>>
{
    bool TryGet<TKey>(out IActorRef actor);
    bool TryGet(Type key, out IActorRef actor);

    /// <exception cref="MissingActorRegistryEntryException">Nothing is registered under the key.</exception>
    IActorRef Get<TKey>();

    /// <summary>Completes once an actor is registered under the key.</summary>
    Task<IActorRef> GetAsync<TKey>(CancellationToken ct = default);

    Task<IActorRef> GetAsync(Type key, CancellationToken ct = default);
}

/// <summary>Registers actors, each under a type, and finds them.</summary>
public interface IActorRegistry : IReadOnlyActorRegistry
{
    /// <exception cref="DuplicateActorRegistryException">The key is taken and may not be overwritten.</exception>
    void Register<TKey>(IActorRef actor, bool overwrite = false);

    bool TryRegister<TKey>(IActorRef actor, bool overwrite = false);

    bool TryRegister(Type key, IActorRef actor, bool overwrite = false);
}

/// <summary>Injects the actor registered under a type.</summary>
public interface IRequiredActor<TActor>
{
    /// <exception cref="MissingActorRegistryEntryException">It has not been registered yet.</exception>
    IActorRef ActorRef { get; }

    /// <summary>Completes once the actor is registered.</summary>
    Task<IActorRef> GetAsync(CancellationToken cancellationToken = default);
}

/// <summary>Looks the actor up in the registry, once it is needed.</summary>
public sealed class RequiredActor<TActor>(IReadOnlyActorRegistry registry) : IRequiredActor<TActor>
{
    private IActorRef? _actor;

    public IActorRef ActorRef => _actor ??= registry.Get<TActor>();
    public async Task<IActorRef> GetAsync(CancellationToken cancellationToken = default) =>
        _actor ??= await registry.GetAsync<TActor>(cancellationToken);
}

/// <summary>An actor registry was used wrongly.</summary>
public abstract class ActorRegistryException(string message, Exception? innerException = null)
    : Exception(message, innerException);

/// <summary>Two actors were registered under the same key.</summary>
public sealed class DuplicateActorRegistryException(string message, Exception? innerException = null)
    : ActorRegistryException(message, innerException);

/// <summary>No actor is registered under the key asked for.</summary>
public sealed class MissingActorRegistryEntryException(string message, Exception? innerException = null)
    : ActorRegistryException(message, innerException);

using Akka.Actor;

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

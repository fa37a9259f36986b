namespace Akka.DependencyInjection;

/// <summary>Resolves through an <see cref="IServiceProvider"/>.</summary>
public class ServiceProviderDependencyResolver(IServiceProvider serviceProvider) : IDependencyResolver
{
    public IServiceProvider ServiceProvider { get; } = serviceProvider;
    public IResolverScope CreateScope() => new ServiceProviderScope(ServiceProvider.CreateScope());
    public object? GetService<T>() => ServiceProvider.GetService<T>();
    public object? GetService(Type type) => ServiceProvider.GetService(type);

    public Props Props(Type type, params object[] args) => typeof(ActorBase).IsAssignableFrom(type)
        ? Actor.Props.CreateBy(new ServiceProviderActorProducer(ServiceProvider, type, args))
        : throw new ArgumentException($"{type} is not an actor.", nameof(type));

    public Props Props(Type type) => Props(type, []);
    public Props Props<T>(params object[] args) where T : ActorBase => Props(typeof(T), args);
}

/// <summary>A scope of an <see cref="IServiceProvider"/>.</summary>
public sealed class ServiceProviderScope(IServiceScope scope) : IResolverScope
{
    public IDependencyResolver Resolver { get; } = new ServiceProviderDependencyResolver(scope.ServiceProvider);
    public void Dispose() => scope.Dispose();
}

/// <summary>Makes an actor, and each of its restarts, with services as constructor arguments.</summary>
internal sealed class ServiceProviderActorProducer(IServiceProvider provider, Type actorType, object[] args)
    : IIndirectActorProducer
{
    private readonly ObjectFactory? _factory = args.Length == 0
        ? ActivatorUtilities.CreateFactory(actorType, Type.EmptyTypes)
        : null;

    public Type ActorType => actorType;

    public ActorBase Produce() => (ActorBase)(_factory is not null
        ? _factory(provider, null)
        : ActivatorUtilities.CreateInstance(provider, actorType, args));

    public void Release(ActorBase actor) => (actor as IDisposable)?.Dispose();
}

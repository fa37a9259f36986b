namespace Akka.DependencyInjection;

/// <summary>Gives an actor system access to services, as configured by <see cref="DependencyResolverSetup"/>.</summary>
public sealed class DependencyResolver(IDependencyResolver resolver) : IExtension
{
    public IDependencyResolver Resolver { get; } = resolver;

    public static DependencyResolver For(ActorSystem actorSystem) =>
        actorSystem.WithExtension<DependencyResolver, DependencyResolverExtension>();

    public Props Props<T>(params object[] args) where T : ActorBase => Resolver.Props<T>(args);
    public Props Props<T>() where T : ActorBase => Resolver.Props<T>();
    public Props Props(Type type) => Resolver.Props(type);
    public Props Props(Type type, params object[] args) => Resolver.Props(type, args);
}

/// <summary>Gives each actor system one <see cref="DependencyResolver"/>.</summary>
public sealed class DependencyResolverExtension : ExtensionIdProvider<DependencyResolver>
{
    public override DependencyResolver CreateExtension(ExtendedActorSystem system) =>
        system.Settings.Setup.Get<DependencyResolverSetup>() is { HasValue: true, Value: var setup }
            ? new DependencyResolver(setup.DependencyResolver)
            : throw new ConfigurationException($"{system.Name} was created without a {nameof(DependencyResolverSetup)}.");
}

/// <summary>Tells an actor system where its services come from.</summary>
public class DependencyResolverSetup : Setup
{
    private DependencyResolverSetup(IDependencyResolver dependencyResolver) => DependencyResolver = dependencyResolver;
    public IDependencyResolver DependencyResolver { get; }

    public static DependencyResolverSetup Create(IServiceProvider provider) =>
        Create(new ServiceProviderDependencyResolver(provider));
    public static DependencyResolverSetup Create(IDependencyResolver provider) => new(provider);
}

/// <summary>Finds services, and describes actors whose constructor arguments are services.</summary>
public interface IDependencyResolver
{
    IResolverScope CreateScope();

    /// <returns>The service, or null if there is none.</returns>
    object? GetService<T>();

    /// <returns>The service, or null if there is none.</returns>
    object? GetService(Type type);

    /// <param name="type">The actor's type.</param>
    /// <param name="args">Constructor arguments that are no services.</param>
    Props Props(Type type, params object[] args);
    Props Props(Type type);
    Props Props<T>(params object[] args) where T : ActorBase;
}

/// <summary>A scope of services, disposed by whoever made it.</summary>
public interface IResolverScope : IDisposable
{
    IDependencyResolver Resolver { get; }
}

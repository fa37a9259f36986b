using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;

namespace Akka.DependencyInjection;

/// <summary>Gives an actor system access to services, as configured by <see cref="DependencyResolverSetup"/>.</summary>
public sealed class DependencyResolver(IDependencyResolver resolver) : IExtension
{
    public IDependencyResolver Resolver { get; } = resolver;

    public static DependencyResolver For(ActorSystem actorSystem) =>
        actorSystem.WithExtension<DependencyResolver, DependencyResolverExtension>();

    public Props Props<T>(params object[] args)
        where T : ActorBase => Resolver.Props<T>(args);

    public Props Props<T>()
        where T : ActorBase => Resolver.Props<T>();

    public Props Props(Type type) => Resolver.Props(type);
    public Props Props(Type type, params object[] args) => Resolver.Props(type, args);
}

/// <summary>Gives each actor system one <see cref="DependencyResolver"/>.</summary>
public sealed class DependencyResolverExtension : ExtensionIdProvider<DependencyResolver>
{
    public override DependencyResolver CreateExtension(ExtendedActorSystem system) =>
        system.Settings.Setup.Get<DependencyResolverSetup>() is { HasValue: true, Value: var setup }
            ? new DependencyResolver(setup.DependencyResolver)
            : throw new ConfigurationException(
                $"{system.Name} was created without a {nameof(DependencyResolverSetup)}.");
}

/// <summary>Tells an actor system where its services come from.</summary>
public class DependencyResolverSetup : Setup
{
    private DependencyResolverSetup(IDependencyResolver dependencyResolver)
    {
        DependencyResolver = dependencyResolver;
    }

    public IDependencyResolver DependencyResolver { get; }

    public static DependencyResolverSetup Create(IServiceProvider provider) =>
        Create(new ServiceProviderDependencyResolver(provider));

    public static DependencyResolverSetup Create(IDependencyResolver provider) => new(provider);
}

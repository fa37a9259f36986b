using Akka.Actor;

namespace Akka.DependencyInjection;

/// <summary>Finds services, and describes actors whose constructor arguments are services.</summary>
public interface IDependencyResolver
{
    IResolverScope CreateScope();

    /// <returns>The service, or null if there is none.</returns>
    object? GetService<T>();

    /// <returns>The service, or null if there is none.</returns>
    object? GetService(Type type);

    Props Props(Type type, params object[] args);

    Props Props(Type type);

    /// <param name="args">Constructor arguments that are no services.</param>
    Props Props<T>(params object[] args)
        where T : ActorBase;
}

/// <summary>A scope of services, disposed by whoever made it.</summary>
public interface IResolverScope : IDisposable
{
    IDependencyResolver Resolver { get; }
}

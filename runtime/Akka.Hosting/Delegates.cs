using Akka.Actor;
using Akka.DependencyInjection;

namespace Akka.Hosting;

/// <summary>Starts actors once the system runs.</summary>
public delegate Task ActorStarter(ActorSystem system, IActorRegistry registry);

/// <summary>Starts actors whose dependencies come from the service provider.</summary>
public delegate Task ActorStarterWithResolver(
    ActorSystem system, IActorRegistry registry, IDependencyResolver resolver);

/// <summary>Runs once all actors have been started.</summary>
public delegate Task StartupTask(ActorSystem system, IActorRegistry registry);

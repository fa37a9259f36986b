namespace Akka.Hosting;

/// <summary>Collects what an actor system is made of, then makes it.</summary>
public sealed class AkkaConfigurationBuilder
{
    private readonly HashSet<Setup> _setups = [];
    private readonly HashSet<Type> _extensions = [];
    private readonly List<ActorStarterWithResolver> _starters = [];
    private readonly List<StartupTask> _startupTasks = [];
    private readonly string _actorSystemName;
    private Config _configuration = Config.Empty;

    internal AkkaConfigurationBuilder(string actorSystemName) => _actorSystemName = actorSystemName;

    public AkkaConfigurationBuilder AddSetup(Setup setup)
    {
        if (setup is BootstrapSetup) throw new NotSupportedException("AddSetup(BootstrapSetup): use AddHocon instead.");
        _setups.Add(setup);
        return this;
    }

    public AkkaConfigurationBuilder AddHoconConfiguration(Config newHocon, HoconAddMode addMode)
    {
        _configuration = addMode switch
        {
            HoconAddMode.Prepend => newHocon.SafeWithFallback(_configuration)!,
            HoconAddMode.Append => _configuration.SafeWithFallback(newHocon)!,
            HoconAddMode.Replace => newHocon,
            _ => throw new ArgumentOutOfRangeException(nameof(addMode), addMode, "Not a HoconAddMode."),
        };
        return this;
    }

    public AkkaConfigurationBuilder WithExtensions(params Type[] extensions)
    {
        foreach (var extension in extensions)
        {
            if (!typeof(IExtensionId).IsAssignableFrom(extension) || extension.IsAbstract)
                throw new ConfigurationException($"Type must implement {nameof(IExtensionId)}: {extension.FullName}");
            _extensions.Add(extension);
        }
        return this;
    }

    public AkkaConfigurationBuilder StartActors(Action<ActorSystem, IActorRegistry> starter) =>
        StartActors((system, registry, _) => starter(system, registry));
    public AkkaConfigurationBuilder StartActors(Action<ActorSystem, IActorRegistry, IDependencyResolver> starter) =>
        StartActors((system, registry, resolver) =>
        {
            starter(system, registry, resolver);
            return Task.CompletedTask;
        });

    public AkkaConfigurationBuilder StartActors(ActorStarter starter) =>
        StartActors((system, registry, _) => starter(system, registry));

    public AkkaConfigurationBuilder StartActors(ActorStarterWithResolver starter)
    {
        _starters.Add(starter);
        return this;
    }

    public AkkaConfigurationBuilder AddStartup(StartupTask startupTask)
    {
        _startupTasks.Add(startupTask);
        return this;
    }

    internal ActorSystem Build(IServiceProvider provider)
    {
        var setup = ActorSystemSetup.Create([
            BootstrapSetup.Create().WithConfig(_configuration),
            DependencyResolverSetup.Create(provider),
            new LoggerFactorySetup(provider.GetRequiredService<ILoggerFactory>()),
            .. _setups,
        ]);
        var system = ActorSystem.Create(_actorSystemName, setup);
        foreach (var extension in _extensions)
            system.RegisterExtension((IExtensionId)Activator.CreateInstance(extension)!);
        return system;
    }

    internal async Task StartAsync(ActorSystem system)
    {
        var registry = ActorRegistry.For(system);
        var resolver = DependencyResolver.For(system).Resolver;
        foreach (var starter in _starters) await starter(system, registry, resolver);
        foreach (var startup in _startupTasks) await startup(system, registry);
    }
}

/// <summary>Starts actors once the system runs.</summary>
public delegate Task ActorStarter(ActorSystem system, IActorRegistry registry);

/// <summary>Starts actors whose dependencies come from the service provider.</summary>
public delegate Task ActorStarterWithResolver(
    ActorSystem system, IActorRegistry registry, IDependencyResolver resolver);

/// <summary>Runs once all actors have been started.</summary>
public delegate Task StartupTask(ActorSystem system, IActorRegistry registry);

/// <summary>Where added settings go among those already there.</summary>
public enum HoconAddMode
{
    /// <summary>Above: the added settings win.</summary>
    Prepend,
    /// <summary>Beneath: the added settings fill gaps.</summary>
    Append,
    /// <summary>Instead of those already there.</summary>
    Replace,
}

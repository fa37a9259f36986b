using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The settings of a system, read once from its configuration.</summary>
public class Settings(ActorSystem system, Config config, ActorSystemSetup setup)
{
    public Settings(ActorSystem system, Config config) : this(system, config, ActorSystemSetup.Empty) { }

    public ActorSystem System { get; } = system;
    public Config Config { get; private set; } = config;
    public ActorSystemSetup Setup { get; } = setup;
    public string ProviderClass { get; } = LocalProvider(config.GetString("akka.actor.provider", "local")!);
    public string LogLevel { get; } = config.GetString("akka.loglevel", "INFO")!;
    public string StdoutLogLevel { get; } = config.GetString("akka.stdout-loglevel", "WARNING")!;
    public IList<string> Loggers { get; } = config.GetStringList("akka.loggers");
    public TimeSpan LoggerStartTimeout { get; } =
        config.GetTimeSpan("akka.logger-startup-timeout", TimeSpan.FromSeconds(5));

    public ILogMessageFormatter LogFormatter { get; } = Formatter(config.GetString("akka.logger-formatter", "")!);
    public bool LogConfigOnStart { get; } = config.GetBoolean("akka.log-config-on-start");

    /// <summary>How many dead letters are logged before silence; zero for none.</summary>
    public int LogDeadLetters { get; } = config.GetString("akka.log-dead-letters", "10") switch
    {
        "on" or "true" or "yes" => int.MaxValue,
        "off" or "false" or "no" => 0,
        _ => config.GetInt("akka.log-dead-letters", 10),
    };

    public bool LogDeadLettersDuringShutdown { get; } =
        config.GetBoolean("akka.log-dead-letters-during-shutdown", true);

    public TimeSpan LogDeadLettersSuspendDuration { get; } =
        config.GetTimeSpan("akka.log-dead-letters-suspend-duration", TimeSpan.FromMinutes(5));

    public string SupervisorStrategyClass { get; } =
        config.GetString("akka.actor.guardian-supervisor-strategy", typeof(DefaultSupervisorStrategy).FullName)!;

    public TimeSpan AskTimeout { get; } = config.GetTimeSpan("akka.actor.ask-timeout", Timeout.InfiniteTimeSpan);
    public TimeSpan CreationTimeout { get; } =
        config.GetTimeSpan("akka.actor.creation-timeout", TimeSpan.FromSeconds(20));

    public string SchedulerClass { get; } =
        config.GetString("akka.scheduler.implementation", typeof(HashedWheelTimerScheduler).FullName)!;

    public bool DebugAutoReceive { get; } = config.GetBoolean("akka.actor.debug.autoreceive");
    public bool DebugLifecycle { get; } = config.GetBoolean("akka.actor.debug.lifecycle");
    public bool DebugEventStream { get; } = config.GetBoolean("akka.actor.debug.event-stream");
    public bool DebugUnhandledMessage { get; } = config.GetBoolean("akka.actor.debug.unhandled");
    public bool FsmDebugEvent { get; } = config.GetBoolean("akka.actor.debug.fsm");
    public bool AddLoggingReceive { get; } = config.GetBoolean("akka.actor.debug.receive");

    /// <summary>Adds defaults, such as those of an extension, below all that is configured.</summary>
    public void InjectTopLevelFallback(Config config) => Config = Config.WithFallback(config);

    public override string ToString() => Config.ToString();

    private static ILogMessageFormatter Formatter(string name)
    {
        if (name.Length == 0 || name.StartsWith(typeof(DefaultLogMessageFormatter).FullName!, StringComparison.Ordinal))
            return DefaultLogMessageFormatter.Instance;
        return Akka.Util.TypeNames.Find(name) is { } type && Activator.CreateInstance(type) is ILogMessageFormatter made
            ? made
            : throw new ConfigurationException($"akka.logger-formatter [{name}] is no log message formatter");
    }

    private static string LocalProvider(string name) =>
        name is "local" || name.Contains("LocalActorRefProvider", StringComparison.Ordinal)
            ? name
            : throw new NotSupportedException($"Actor ref provider [{name}]");
}

using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The settings of a system, read once from its configuration.</summary>
public class Settings
{
    public Settings(ActorSystem system, Config config) : this(system, config, ActorSystemSetup.Empty) { }

    public Settings(ActorSystem system, Config config, ActorSystemSetup setup)
    {
        Setup = setup;
        System = system;
        Config = config;
        LogLevel = config.GetString("akka.loglevel", "INFO")!;
        StdoutLogLevel = config.GetString("akka.stdout-loglevel", "WARNING")!;
        Loggers = config.GetStringList("akka.loggers");
        LoggerStartTimeout = config.GetTimeSpan("akka.logger-startup-timeout", TimeSpan.FromSeconds(5));
        LogFormatter = Formatter(config.GetString("akka.logger-formatter", "") ?? "");
        LogConfigOnStart = config.GetBoolean("akka.log-config-on-start");
        LogDeadLetters = config.GetString("akka.log-dead-letters", "10") switch
        {
            "on" or "true" or "yes" => int.MaxValue,
            "off" or "false" or "no" => 0,
            _ => config.GetInt("akka.log-dead-letters", 10),
        };
        LogDeadLettersDuringShutdown = config.GetBoolean("akka.log-dead-letters-during-shutdown", true);
        LogDeadLettersSuspendDuration = config.GetString("akka.log-dead-letters-suspend-duration", "") == "infinite"
            ? Timeout.InfiniteTimeSpan
            : config.GetTimeSpan("akka.log-dead-letters-suspend-duration", TimeSpan.FromMinutes(5));
        SupervisorStrategyClass = config.GetString("akka.actor.guardian-supervisor-strategy",
            typeof(DefaultSupervisorStrategy).FullName)!;
        AskTimeout = config.GetTimeSpan("akka.actor.ask-timeout", Timeout.InfiniteTimeSpan);
        CreationTimeout = config.GetTimeSpan("akka.actor.creation-timeout", TimeSpan.FromSeconds(20));
        SchedulerClass = config.GetString("akka.scheduler.implementation",
            typeof(HashedWheelTimerScheduler).FullName)!;
        DebugAutoReceive = config.GetBoolean("akka.actor.debug.autoreceive");
        DebugLifecycle = config.GetBoolean("akka.actor.debug.lifecycle");
        DebugEventStream = config.GetBoolean("akka.actor.debug.event-stream");
        DebugUnhandledMessage = config.GetBoolean("akka.actor.debug.unhandled");
        FsmDebugEvent = config.GetBoolean("akka.actor.debug.fsm");
        AddLoggingReceive = config.GetBoolean("akka.actor.debug.receive");
        var provider = config.GetString("akka.actor.provider", "local")!;
        if (provider is not "local" && !provider.Contains("LocalActorRefProvider", StringComparison.Ordinal))
            throw new NotSupportedException($"Actor ref provider [{provider}]");
    }

    public ActorSystem System { get; }
    public Config Config { get; private set; }
    public ActorSystemSetup Setup { get; }
    public string LogLevel { get; }
    public string StdoutLogLevel { get; }
    public IList<string> Loggers { get; }
    public TimeSpan LoggerStartTimeout { get; }
    public ILogMessageFormatter LogFormatter { get; }
    public bool LogConfigOnStart { get; }

    /// <summary>How many dead letters are logged before silence; zero for none.</summary>
    public int LogDeadLetters { get; }

    public bool LogDeadLettersDuringShutdown { get; }
    public TimeSpan LogDeadLettersSuspendDuration { get; }
    public string SupervisorStrategyClass { get; }
    public TimeSpan AskTimeout { get; }
    public TimeSpan CreationTimeout { get; }
    public string SchedulerClass { get; }
    public bool DebugAutoReceive { get; }
    public bool DebugLifecycle { get; }
    public bool DebugEventStream { get; }
    public bool DebugUnhandledMessage { get; }
    public bool FsmDebugEvent { get; }
    public bool AddLoggingReceive { get; }

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
}

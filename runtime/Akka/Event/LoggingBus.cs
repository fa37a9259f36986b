using Akka.Actor;
using Akka.Configuration;

namespace Akka.Event;

/// <summary>An event bus that carries log events to the loggers of its system.</summary>
public abstract class LoggingBus : ActorEventBus<object, Type>
{
    private static readonly LogLevel[] AllLevels = Enum.GetValues<LogLevel>();

    private readonly List<IActorRef> _loggers = [];

    /// <summary>What is less important is not published by logging adapters.</summary>
    public LogLevel LogLevel { get; private set; } = LogLevel.WarningLevel;

    public void SetLogLevel(LogLevel logLevel)
    {
        LogLevel = logLevel;
        foreach (var logger in _loggers)
        {
            Unsubscribe(logger);
            SubscribeLogLevelAndAbove(logLevel, logger);
        }
    }

    public void StartStdoutLogger(Settings settings)
    {
        var level = Logging.LogLevelFor(settings.StdoutLogLevel);
        SubscribeLogLevelAndAbove(level, Logging.StandardOutLogger);
        LogLevel = level;
    }

    /// <summary>Starts the configured loggers and waits until each is ready.</summary>
    internal void StartDefaultLoggers(ActorSystemImpl system)
    {
        var settings = system.Settings;
        LogLevel = Logging.LogLevelFor(settings.LogLevel);
        var number = 0;
        foreach (var name in settings.Loggers)
        {
            var type = LoggerType(name);
            var logger = system.SystemActorOf(Props.Create(type), $"log{++number}-{type.Name}");
            AwaitReady(logger, name, settings.LoggerStartTimeout);
            _loggers.Add(logger);
            SubscribeLogLevelAndAbove(LogLevel, logger);
        }
        if (_loggers.Count > 0)
            Unsubscribe(Logging.StandardOutLogger);
    }

    internal void StopDefaultLoggers(Settings settings)
    {
        SubscribeLogLevelAndAbove(Logging.LogLevelFor(settings.StdoutLogLevel), Logging.StandardOutLogger);
        foreach (var logger in _loggers)
            Unsubscribe(logger);
        _loggers.Clear();
    }

    protected override bool IsSubClassification(Type parent, Type child) => parent.IsAssignableFrom(child);
    protected override void Publish(object @event, IActorRef subscriber) => subscriber.Tell(@event, ActorRefs.NoSender);
    protected override bool Classify(object @event, Type classifier) => classifier.IsInstanceOfType(@event);
    protected override Type GetClassifier(object @event) => @event.GetType();

    private void AwaitReady(IActorRef logger, string name, TimeSpan timeout)
    {
        var ready = logger.Ask(new InitializeLogger(this), timeout);
        // Whoever creates a system waits: what it logs next must find its loggers.
        ((IAsyncResult)ready).AsyncWaitHandle.WaitOne();
        if (!ready.IsCompletedSuccessfully)
            Publish(new Warning(ready.Exception?.InnerException, GetType().Name, GetType(),
                $"Logger {name} did not respond within {timeout} to InitializeLogger(bus)"));
    }

    private static Type LoggerType(string name)
    {
        var type = Akka.Util.TypeNames.Find(name);
        return type is not null && typeof(ActorBase).IsAssignableFrom(type)
            ? type
            : throw new ConfigurationException($"Logger specified in config cannot be found: \"{name}\"");
    }

    private void SubscribeLogLevelAndAbove(LogLevel logLevel, IActorRef logger)
    {
        foreach (var level in AllLevels)
        {
            if (level >= logLevel)
                Subscribe(logger, level.ClassFor());
        }
    }
}

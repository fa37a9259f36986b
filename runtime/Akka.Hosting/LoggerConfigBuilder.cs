using Akka.Dispatch;
using Akka.Event;

namespace Akka.Hosting;

/// <summary>Chooses the loggers of an actor system and what they get to see.</summary>
public sealed class LoggerConfigBuilder
{
    private readonly HashSet<Type> _loggers = [typeof(DefaultLogger)];
    internal LoggerConfigBuilder(AkkaConfigurationBuilder builder) => Builder = builder;

    public Event.LogLevel LogLevel { get; set; } = Event.LogLevel.InfoLevel;
    public bool LogConfigOnStart { get; set; }
    internal AkkaConfigurationBuilder Builder { get; }

    public LoggerConfigBuilder ClearLoggers()
    {
        _loggers.Clear();
        return this;
    }

    public LoggerConfigBuilder AddLogger<T>() where T : IRequiresMessageQueue<ILoggerMessageQueueSemantics>
    {
        _loggers.Add(typeof(T));
        return this;
    }

    internal Config ToConfig() => ConfigurationFactory.ParseString(
        $"""
        akka.loglevel = {LogLevel.ToString().Replace("Level", "").ToUpperInvariant()}
        akka.log-config-on-start = {(LogConfigOnStart ? "on" : "off")}
        akka.loggers = [{string.Join(", ", _loggers.Select(logger => $"\"{logger.AssemblyQualifiedName}\""))}]
        """);
}

/// <summary>Connects the actor system's log with the host's.</summary>
public static class LoggingExtensions
{
    public static AkkaConfigurationBuilder ConfigureLoggers(
        this AkkaConfigurationBuilder builder, Action<LoggerConfigBuilder> configurator)
    {
        var loggers = new LoggerConfigBuilder(builder);
        configurator(loggers);
        return builder.AddHoconConfiguration(loggers.ToConfig(), HoconAddMode.Prepend);
    }

    public static LoggerConfigBuilder AddDefaultLogger(this LoggerConfigBuilder configBuilder) =>
        configBuilder.AddLogger<DefaultLogger>();

    /// <summary>Logs through the <see cref="ILoggerFactory"/> of the host.</summary>
    public static LoggerConfigBuilder AddLoggerFactory(this LoggerConfigBuilder configBuilder) =>
        configBuilder.AddLogger<LoggerFactoryLogger>();

    public static LoggerConfigBuilder AddLoggerFactory(
        this LoggerConfigBuilder configBuilder, ILoggerFactory loggerFactory)
    {
        configBuilder.Builder.AddSetup(new LoggerFactorySetup(loggerFactory));
        return configBuilder.AddLogger<LoggerFactoryLogger>();
    }
}

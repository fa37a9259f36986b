using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Hosting;

/// <summary>Chooses the loggers of an actor system and what they get to see.</summary>
public sealed class LoggerConfigBuilder
{
    private readonly HashSet<Type> _loggers = [typeof(DefaultLogger)];

    internal LoggerConfigBuilder(AkkaConfigurationBuilder builder)
    {
        Builder = builder;
    }

    public LogLevel LogLevel { get; set; } = LogLevel.InfoLevel;
    public bool LogConfigOnStart { get; set; }
    internal AkkaConfigurationBuilder Builder { get; }

    public LoggerConfigBuilder ClearLoggers()
    {
        _loggers.Clear();
        return this;
    }

    public LoggerConfigBuilder AddLogger<T>()
        where T : IRequiresMessageQueue<ILoggerMessageQueueSemantics>
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

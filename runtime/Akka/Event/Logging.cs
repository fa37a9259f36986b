using Akka.Actor;

namespace Akka.Event;

/// <summary>Makes logging adapters and log events.</summary>
public static class Logging
{
    public static readonly StandardOutLogger StandardOutLogger = new();

    private const string Off = "OFF";

    public static ILoggingAdapter GetLogger(
        this IActorContext context, ILogMessageFormatter? logMessageFormatter = null) =>
        new BusLogging(
            context.System.EventStream, context.Self.Path.ToString(), context.Props.Type,
            logMessageFormatter ?? DefaultFormatter(context.System));

    public static ILoggingAdapter GetLogger(
        ActorSystem system, object logSourceObj, ILogMessageFormatter? logMessageFormatter = null) =>
        GetLogger(system.EventStream, logSourceObj, system, logMessageFormatter ?? DefaultFormatter(system));

    public static ILoggingAdapter GetLogger(
        LoggingBus loggingBus, object logSourceObj, ILogMessageFormatter? logMessageFormatter = null) =>
        GetLogger(loggingBus, logSourceObj, null, logMessageFormatter ?? DefaultLogMessageFormatter.Instance);

    /// <exception cref="ArgumentException">The name is no level.</exception>
    public static LogLevel LogLevelFor(string logLevel) => logLevel.ToUpperInvariant() switch
    {
        "DEBUG" => LogLevel.DebugLevel,
        "INFO" => LogLevel.InfoLevel,
        "WARNING" => LogLevel.WarningLevel,
        "ERROR" => LogLevel.ErrorLevel,
        Off => LogLevel.ErrorLevel + 1,
        _ => throw new ArgumentException(
            $"Unknown LogLevel: \"{logLevel}\". Valid values are: DEBUG, INFO, WARNING, ERROR, {Off}",
            nameof(logLevel)),
    };

    public static string StringFor(this LogLevel logLevel) => logLevel switch
    {
        LogLevel.DebugLevel => "DEBUG",
        LogLevel.InfoLevel => "INFO",
        LogLevel.WarningLevel => "WARNING",
        LogLevel.ErrorLevel => "ERROR",
        _ => Off,
    };

    public static Type ClassFor(this LogLevel logLevel) => logLevel switch
    {
        LogLevel.DebugLevel => typeof(Debug),
        LogLevel.InfoLevel => typeof(Info),
        LogLevel.WarningLevel => typeof(Warning),
        LogLevel.ErrorLevel => typeof(Error),
        _ => throw new ArgumentOutOfRangeException(nameof(logLevel), logLevel, "Unknown LogLevel"),
    };

    internal static LogEvent CreateEvent(
        LogLevel level, Exception? cause, string logSource, Type logClass, object message) => level switch
    {
        LogLevel.DebugLevel => new Debug(cause, logSource, logClass, message),
        LogLevel.InfoLevel => new Info(cause, logSource, logClass, message),
        LogLevel.WarningLevel => new Warning(cause, logSource, logClass, message),
        _ => new Error(cause, logSource, logClass, message),
    };

    private static BusLogging GetLogger(
        LoggingBus bus, object source, ActorSystem? system, ILogMessageFormatter formatter)
    {
        var (text, type) = source switch
        {
            string name => (name, typeof(string)),
            Type sourceType => (sourceType.ToString(), sourceType),
            IActorContext context => (context.Self.Path.ToString(), context.Props.Type),
            IActorRef actor => (actor.Path.ToString(), actor.GetType()),
            ActorSystem itself => (itself.ToString()!, itself.GetType()),
            null => throw new ArgumentNullException(nameof(source)),
            _ => (source.ToString() ?? "", source.GetType()),
        };
        if (system is not null && source is string or Type)
            text = $"{text} ({system})";
        return new BusLogging(bus, text, type, formatter);
    }

    private static ILogMessageFormatter DefaultFormatter(ActorSystem system) => system.Settings.LogFormatter;
}

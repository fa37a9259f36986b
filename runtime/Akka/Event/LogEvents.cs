using System.Globalization;
using Akka.Actor;

namespace Akka.Event;

/// <summary>How much a log event matters.</summary>
public enum LogLevel
{
    DebugLevel,
    InfoLevel,
    WarningLevel,
    ErrorLevel,
}

/// <summary>Something to be logged, on its way to the loggers over the event stream.</summary>
public abstract class LogEvent(Exception? cause, string logSource, Type logClass, object message)
    : INoSerializationVerificationNeeded
{
    public Exception Cause { get; } = cause!;
    public string LogSource { get; } = logSource;
    public Type LogClass { get; } = logClass;

    /// <summary>The text, or a <see cref="LogMessage"/> that makes it when it is wanted.</summary>
    public object Message { get; } = message;

    public DateTime Timestamp { get; } = TimeProvider.System.GetUtcNow().UtcDateTime;
    public Thread Thread { get; } = Thread.CurrentThread;

    public abstract LogLevel LogLevel();

    public override string ToString()
    {
        var thread = Thread.ManagedThreadId.ToString("D4", CultureInfo.InvariantCulture);
        var time = Timestamp.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        var text = $"[{LogLevel().StringFor()}][{time}][Thread {thread}][{LogSource}] {Message}";
        return Cause is null ? text : $"{text}\nCause: {Cause}";
    }
}

/// <summary>Something that helps to find a fault.</summary>
public class Debug(Exception? cause, string logSource, Type logClass, object message)
    : LogEvent(cause, logSource, logClass, message)
{
    public Debug(string logSource, Type logClass, object message) : this(null, logSource, logClass, message) { }
    public override LogLevel LogLevel() => Event.LogLevel.DebugLevel;
}

/// <summary>Something worth knowing.</summary>
public class Info(Exception? cause, string logSource, Type logClass, object message)
    : LogEvent(cause, logSource, logClass, message)
{
    public Info(string logSource, Type logClass, object message) : this(null, logSource, logClass, message) { }
    public override LogLevel LogLevel() => Event.LogLevel.InfoLevel;
}

/// <summary>Something that should not be, but does no harm yet.</summary>
public class Warning(Exception? cause, string logSource, Type logClass, object message)
    : LogEvent(cause, logSource, logClass, message)
{
    public Warning(string logSource, Type logClass, object message) : this(null, logSource, logClass, message) { }
    public override LogLevel LogLevel() => Event.LogLevel.WarningLevel;
}

/// <summary>Something went wrong.</summary>
public class Error(Exception? cause, string logSource, Type logClass, object message)
    : LogEvent(cause, logSource, logClass, message)
{
    public override LogLevel LogLevel() => Event.LogLevel.ErrorLevel;
}

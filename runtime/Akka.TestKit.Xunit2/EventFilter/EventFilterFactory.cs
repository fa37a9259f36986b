using System.Text.RegularExpressions;

namespace Akka.TestKit;

/// <summary>Makes filters on what the actor system logs.</summary>
public class EventFilterFactory(TestKitBase testkit, ActorSystem? system = null)
{
    internal IReadOnlyList<LogFilter> Filters { get; init; } = [];

    public IEventFilterApplier Exception<TException>(Regex pattern, string? source = null)
        where TException : Exception => Exception(typeof(TException), pattern, source);
    public IEventFilterApplier Exception<TException>(
        string? message = null, string? start = null, string? contains = null, string? source = null)
        where TException : Exception => Exception(typeof(TException), message, start, contains, source);
    public IEventFilterApplier Exception(
        Type exceptionType, Regex pattern, string? source = null, bool checkInnerExceptions = false) =>
        Failures(exceptionType, Texts.Matching(pattern), source, checkInnerExceptions);
    public IEventFilterApplier Exception(
        Type exceptionType, string? message = null, string? start = null, string? contains = null,
        string? source = null, bool checkInnerExceptions = false) =>
        Failures(exceptionType, Texts.Matching(message, start, contains), source, checkInnerExceptions);

    public IEventFilterApplier Error(
        string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(LogLevel.ErrorLevel, message, start, contains, source);
    public IEventFilterApplier Error(Regex pattern, string? source = null) =>
        ForLogLevel(LogLevel.ErrorLevel, pattern, source);

    public IEventFilterApplier Warning(
        string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(LogLevel.WarningLevel, message, start, contains, source);
    public IEventFilterApplier Warning(Regex pattern, string? source = null) =>
        ForLogLevel(LogLevel.WarningLevel, pattern, source);

    public IEventFilterApplier Info(
        string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(LogLevel.InfoLevel, message, start, contains, source);
    public IEventFilterApplier Info(Regex pattern, string? source = null) =>
        ForLogLevel(LogLevel.InfoLevel, pattern, source);

    public IEventFilterApplier Debug(
        string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(LogLevel.DebugLevel, message, start, contains, source);
    public IEventFilterApplier Debug(Regex pattern, string? source = null) =>
        ForLogLevel(LogLevel.DebugLevel, pattern, source);

    public IEventFilterApplier ForLogLevel(
        LogLevel logLevel,
        string? message = null,
        string? start = null,
        string? contains = null,
        string? source = null) => OfLevel(logLevel, Texts.Matching(message, start, contains), source);
    public IEventFilterApplier ForLogLevel(LogLevel logLevel, Regex pattern, string? source = null) =>
        OfLevel(logLevel, Texts.Matching(pattern), source);

    public IEventFilterApplier DeadLetter() => Letters("dead letter", static _ => true, null);
    public IEventFilterApplier DeadLetter<TMessage>(string? source = null) => DeadLetter(typeof(TMessage), source);
    public IEventFilterApplier DeadLetter<TMessage>(Func<TMessage, bool> isMatch, string? source = null) =>
        Letters($"dead letter {typeof(TMessage)}", message => message is TMessage of && isMatch(of), source);
    public IEventFilterApplier DeadLetter(Type type, string? source = null) =>
        Letters($"dead letter {type}", type.IsInstanceOfType, source);

    public IEventFilterApplier Custom(Predicate<LogEvent> predicate) =>
        With(new LogFilter("custom", entry => predicate(entry)));
    public IEventFilterApplier Custom<TLogEvent>(Predicate<TLogEvent> predicate) where TLogEvent : LogEvent =>
        With(new LogFilter($"custom {typeof(TLogEvent)}", entry => entry is TLogEvent of && predicate(of)));

    private EventFilterApplier With(LogFilter filter) => new(testkit, system, [.. Filters, filter]);

    private EventFilterApplier OfLevel(LogLevel level, Texts text, string? source) =>
        With(new LogFilter($"{level} {text}{From(source)}", entry =>
            entry.LogLevel() == level && text.Match(entry.Message?.ToString()) && IsFrom(entry, source)));

    private EventFilterApplier Letters(string what, Func<object, bool> matches, string? source) =>
        With(new LogFilter(what + From(source), entry =>
            entry is Warning { Message: AllDeadLetters letter } && matches(letter.Message) && IsFrom(entry, source)));

    private EventFilterApplier Failures(Type type, Texts text, string? source, bool inner)
    {
        return With(new LogFilter($"{type} {text}{From(source)}", entry =>
            entry is Error error && IsFrom(entry, source) && Fits(error.Cause, error.Message?.ToString())));

        bool Fits(Exception? cause, string? message) => cause is not null
            && ((type.IsInstanceOfType(cause) && (text.Match(message) || text.Match(cause.Message)))
                || (inner && (cause is AggregateException many
                    ? many.InnerExceptions.Any(each => Fits(each, message))
                    : Fits(cause.InnerException, message))));
    }

    private static bool IsFrom(LogEvent entry, string? source) => source is null || entry.LogSource == source;

    private static string From(string? source) => source is null ? "" : $" from {source}";
}

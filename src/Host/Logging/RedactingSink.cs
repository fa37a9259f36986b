using System.Globalization;
using Serilog;
using Serilog.Configuration;
using Serilog.Core;
using Serilog.Events;

namespace AkkaComfy.Host.Logging;

/// <summary>Lets events through as <see cref="Redaction"/> leaves them.</summary>
internal sealed class RedactingSink(ILogEventSink to) : ILogEventSink
{
    public void Emit(LogEvent logEvent) => to.Emit(Redacted(logEvent));

    public static LogEvent Redacted(LogEvent logEvent)
    {
        var properties = logEvent.Properties.Select(property =>
            new LogEventProperty(property.Key, Redacted(property.Value))).ToList();
        var exception = Redacted(logEvent.Exception);
        return ReferenceEquals(exception, logEvent.Exception)
            && properties.TrueForAll(property => ReferenceEquals(property.Value, logEvent.Properties[property.Name]))
                ? logEvent
                : new LogEvent(
                    logEvent.Timestamp, logEvent.Level, exception, logEvent.MessageTemplate, properties,
                    logEvent.TraceId ?? default, logEvent.SpanId ?? default);
    }

    private static LogEventPropertyValue Redacted(LogEventPropertyValue value)
    {
        var text = value switch
        {
            ScalarValue { Value: string or Uri } scalar => Convert.ToString(scalar.Value, CultureInfo.InvariantCulture)!,
            ScalarValue => "",
            _ => value.ToString(null, CultureInfo.InvariantCulture),
        };
        return Redaction.Of(text) is var redacted && redacted == text ? value : new ScalarValue(redacted);
    }

    private static Exception? Redacted(Exception? exception)
    {
        var text = exception?.ToString();
        return text is null || Redaction.Of(text) is var redacted && redacted == text
            ? exception
            : new RedactedException(redacted);
    }

    /// <summary>Stands for another one: what is left of its text.</summary>
    private sealed class RedactedException(string text) : Exception
    {
        public override string Message => text;

        public override string ToString() => text;
    }
}

/// <summary>Registers <see cref="RedactingSink"/>.</summary>
internal static class RedactingSinks
{
    public static LoggerConfiguration Redacted(
        this LoggerSinkConfiguration sinks, Action<LoggerSinkConfiguration> configure) =>
        LoggerSinkConfiguration.Wrap(
            sinks, sink => new RedactingSink(sink), configure, LevelAlias.Minimum, levelSwitch: null);
}

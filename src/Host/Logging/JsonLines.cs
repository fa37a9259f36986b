using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace AkkaComfy.Host.Logging;

/// <summary>Writes each event as one line of JSON, its properties under snake_case names.</summary>
internal sealed class JsonLines : ITextFormatter
{
    /// <summary>In characters: no single event fills a file.</summary>
    public const int LongestText = 16 * 1024;

    private const string Service = "akkacomfy";

    private readonly MessageTemplateTextFormatter _message = new("{Message:lj}", CultureInfo.InvariantCulture);

    public void Format(LogEvent logEvent, TextWriter output)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Json.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("service", Service);
            json.WriteString("timestamp", logEvent.Timestamp.UtcDateTime);
            json.WriteString("level", LogLevelNames.Of(logEvent.Level));
            json.WriteString("message", Bounded(Message(logEvent)));
            WriteProperties(json, logEvent);
            WriteOptional(json, "trace_id", logEvent.TraceId?.ToHexString());
            WriteOptional(json, "span_id", logEvent.SpanId?.ToHexString());
            WriteOptional(json, "stack", logEvent.Exception?.ToString());
            json.WriteEndObject();
        }

        output.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
        output.Write('\n');
    }

    private string Message(LogEvent logEvent)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        _message.Format(logEvent, text);
        return text.ToString();
    }

    private static void WriteProperties(Utf8JsonWriter json, LogEvent logEvent)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (property, value) in logEvent.Properties)
        {
            // A template and a scope may spell one thing in two ways.
            if (JsonLinesNames.Of(property) is { } name && written.Add(name))
            {
                json.WritePropertyName(name);
                WriteValue(json, value);
            }
        }
    }

    private static void WriteValue(Utf8JsonWriter json, LogEventPropertyValue value)
    {
        switch ((value as ScalarValue)?.Value)
        {
            case null when value is ScalarValue:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int or long or decimal:
                json.WriteRawValue(value.ToString(null, CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case DateTimeOffset time:
                json.WriteStringValue(time.UtcDateTime);
                break;
            case var other:
                json.WriteStringValue(Bounded(
                    Convert.ToString(other ?? value, CultureInfo.InvariantCulture) ?? ""));
                break;
        }
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, Bounded(text));
        }
    }

    private static string Bounded(string text) => text.Length <= LongestText
        ? text
        : $"{text.AsSpan(0, LongestText)}… ({text.Length - LongestText} more characters)";
}

using System.Globalization;

namespace Akka.Event;

/// <summary>Puts a format and its arguments together.</summary>
public interface ILogMessageFormatter
{
    string Format(string format, params object[] args);
    string Format(string format, IEnumerable<object> args);
}

/// <summary>Formats as <see cref="string.Format(string, object[])"/> does: <c>{0}</c>.</summary>
public sealed class DefaultLogMessageFormatter : ILogMessageFormatter
{
    public static readonly DefaultLogMessageFormatter Instance = new();

    private DefaultLogMessageFormatter() { }

    public string Format(string format, params object[] args) =>
        args is { Length: > 0 } ? string.Format(CultureInfo.InvariantCulture, format, args) : format;

    public string Format(string format, IEnumerable<object> args) => Format(format, [.. args]);
}

/// <summary>A message of a logging adapter: a format and its arguments, put together when it is read.</summary>
public abstract class LogMessage(ILogMessageFormatter formatter, string format)
{
    private protected ILogMessageFormatter Formatter { get; } = formatter;
    public string Format { get; } = format;

    /// <summary>The format and the arguments, side by side.</summary>
    public abstract string Unformatted();

    public abstract IEnumerable<object> Parameters();
}

internal sealed class FormattedLogMessage(ILogMessageFormatter formatter, string format, object?[] args)
    : LogMessage(formatter, format)
{
    public override IEnumerable<object> Parameters() => args!;
    public override string Unformatted() => $"{Format} [{string.Join(", ", args)}]";

    public override string ToString()
    {
        try
        {
            return Formatter.Format(Format, args!);
        }
        catch (FormatException)
        {
            return $"Received a malformed formatted message. Template: [{Format}], args: [{string.Join(",", args)}]";
        }
    }
}

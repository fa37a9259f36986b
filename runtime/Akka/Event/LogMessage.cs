namespace Akka.Event;

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

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

using System.Text.RegularExpressions;

namespace Akka.TestKit.Internal;

/// <summary>One condition on log events.</summary>
internal sealed record LogFilter(string Description, Func<LogEvent, bool> Matches)
{
    public override string ToString() => Description;
}

/// <summary>A condition on the text of a log event.</summary>
internal sealed class Texts(string description, Func<string?, bool> match)
{
    public bool Match(string? text) => match(text);

    public static Texts Matching(Regex pattern) =>
        new($"matching {pattern}", text => text is not null && pattern.IsMatch(text));

    /// <summary>The first condition given counts; with none, every text fits.</summary>
    public static Texts Matching(string? message, string? start, string? contains) => (message, start, contains) switch
    {
        ({ } whole, _, _) => new Texts($"equal to \"{whole}\"", text => text == whole),
        (_, { } head, _) => new Texts(
            $"starting with \"{head}\"", text => text?.StartsWith(head, StringComparison.Ordinal) == true),
        (_, _, { } part) => new Texts(
            $"containing \"{part}\"", text => text?.Contains(part, StringComparison.Ordinal) == true),
        _ => new Texts("with any text", static _ => true),
    };

    public override string ToString() => description;
}

/// <summary>Asks the test event listener not to print what any of the filters matches; counts what it has caught.
/// </summary>
internal sealed class Mute(ActorSystem system, IReadOnlyList<LogFilter> filters)
    : IUnmutableFilter, INoSerializationVerificationNeeded
{
    private int _caught;

    public int Caught => Volatile.Read(ref _caught);

    public static Mute Start(ActorSystem system, IReadOnlyList<LogFilter> filters)
    {
        var mute = new Mute(system, filters);
        system.EventStream.Publish(mute);
        return mute;
    }

    public bool Catches(LogEvent entry)
    {
        if (!filters.Any(filter => filter.Matches(entry))) return false;
        Interlocked.Increment(ref _caught);
        return true;
    }

    public void Unmute() => system.EventStream.Publish(new Unmute(this));

    public void Dispose() => Unmute();
}

internal sealed record Unmute(Mute Ended) : INoSerializationVerificationNeeded;

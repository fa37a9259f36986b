using Akka.Event;

namespace Akka.TestKit.Internal;

/// <summary>One condition on log events.</summary>
internal sealed record LogFilter(string Description, Func<LogEvent, bool> Matches)
{
    public override string ToString() => Description;
}

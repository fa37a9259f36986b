using System.Collections;

namespace Akka.Actor;

/// <summary>The restart counts of all children, gathered only when a strategy looks.</summary>
internal sealed class ChildRestartStatsView(ActorCell parent) : IReadOnlyCollection<ChildRestartStats>
{
    private ChildRestartStats[]? _all;

    public int Count => All.Length;

    private ChildRestartStats[] All =>
        _all ??= [.. parent.ChildrenSnapshot().Select(static child => child.Cell.Restarts)];

    public IEnumerator<ChildRestartStats> GetEnumerator() => ((IEnumerable<ChildRestartStats>)All).GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

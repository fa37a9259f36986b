using System.Collections;

namespace Akka.Actor;

/// <summary>Counts the restarts of one child against the limit of its supervisor.</summary>
public class ChildRestartStats(IInternalActorRef child, TimeProvider time)
{
    public IInternalActorRef Child { get; } = child;
    public uint MaxNrOfRetriesCount { get; private set; }

    /// <summary>When the window opened, in ticks of the runtime's clock; zero before the first restart.</summary>
    public long RestartTimeWindowStartTicks { get; private set; }

    /// <summary>Counts a restart; false when it is one too many.</summary>
    public bool RequestRestartPermission(int maxNrOfRetries, int withinTimeMilliseconds)
    {
        if (maxNrOfRetries == 0)
            return false;
        var limited = maxNrOfRetries > 0;
        if (withinTimeMilliseconds > 0)
            return IsWithinWindow(limited ? maxNrOfRetries : 1, TimeSpan.FromMilliseconds(withinTimeMilliseconds));
        if (!limited)
            return true;
        MaxNrOfRetriesCount++;
        return MaxNrOfRetriesCount <= maxNrOfRetries;
    }

    // The window opens with a restart; the first restart after it has passed opens the next one.
    private bool IsWithinWindow(int retries, TimeSpan window)
    {
        var now = time.GetTimestamp();
        if (RestartTimeWindowStartTicks == 0)
            RestartTimeWindowStartTicks = now;
        if (time.GetElapsedTime(RestartTimeWindowStartTicks, now) <= window)
        {
            MaxNrOfRetriesCount++;
            return MaxNrOfRetriesCount <= retries;
        }
        MaxNrOfRetriesCount = 1;
        RestartTimeWindowStartTicks = now;
        return true;
    }
}

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

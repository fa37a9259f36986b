namespace Akka.Actor;

/// <summary>Retries and their window as every strategy takes them.</summary>
internal sealed class RestartLimit(int? maxNrOfRetries, TimeSpan? withinTimeRange)
{
    /// <summary>Negative: no limit.</summary>
    public int Retries { get; } = maxNrOfRetries ?? -1;

    /// <summary>Negative or infinite: counts for ever.</summary>
    public int WindowMilliseconds { get; } = withinTimeRange is { } range && range != Timeout.InfiniteTimeSpan
        ? (int)Math.Clamp(range.TotalMilliseconds, -1, int.MaxValue)
        : -1;
}

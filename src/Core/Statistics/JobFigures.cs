using AkkaComfy.Core.Estimates;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Statistics;

/// <summary>What is known of the jobs since the process began.</summary>
/// <param name="QueueWait">From submission, or from being requeued, until given to an instance.</param>
/// <param name="Duration">From submission until the end.</param>
public sealed record JobFigures(
    long Submitted,
    OutcomeFigures All,
    TimeFigures? QueueWait,
    TimeFigures? Duration,
    IReadOnlyDictionary<InstanceId, OutcomeFigures> ByInstance);

/// <summary>How jobs ended, and how long the completed ones executed.</summary>
public sealed record OutcomeFigures(long Completed, long Failed, long Cancelled, long Requeued, TimeFigures? Execution)
{
    public static OutcomeFigures None { get; } = new(0, 0, 0, 0, null);

    public long Processed => Completed + Failed + Cancelled;

    /// <summary>0 to 1: failed jobs among those that nobody cancelled; null before there was one.</summary>
    public double? ErrorRate => Completed + Failed == 0 ? null : (double)Failed / (Completed + Failed);
}

/// <summary>Times of the last jobs: their mean and nearest-rank percentiles.</summary>
public sealed record TimeFigures(TimeSpan Mean, TimeSpan P50, TimeSpan P95, TimeSpan P99)
{
    /// <returns>Null before anything was measured.</returns>
    public static TimeFigures? Of(DurationStats times) => times.Count == 0
        ? null
        : new TimeFigures(
            times.Mean!.Value, times.Percentile(0.5)!.Value, times.Percentile(0.95)!.Value,
            times.Percentile(0.99)!.Value);
}

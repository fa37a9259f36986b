using AkkaComfy.Core.Statistics;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Endpoints.Bodies;

/// <summary>How jobs went since the service started.</summary>
internal sealed record MetricsBody(
    double UptimeSeconds, JobMetricsBody Jobs, QueueMetricsBody Queue, InstanceMetricsBody[] Instances);

/// <summary>All jobs of this process.</summary>
/// <param name="Processed">Ended, however.</param>
/// <param name="ErrorRate">Failed ones among those that nobody cancelled, 0 to 1; null before there was one.</param>
/// <param name="ProcessingTimeSeconds">In ComfyUI, of completed jobs.</param>
/// <param name="QueueTimeSeconds">Until given to an instance.</param>
/// <param name="TotalTimeSeconds">From submission to the end.</param>
internal sealed record JobMetricsBody(
    long Submitted,
    long Processed,
    long Completed,
    long Failed,
    long Cancelled,
    long Requeued,
    double? ErrorRate,
    TimesBody? ProcessingTimeSeconds,
    TimesBody? QueueTimeSeconds,
    TimesBody? TotalTimeSeconds);

/// <summary>Times of the last thousand jobs, in seconds.</summary>
internal sealed record TimesBody(double Average, double P50, double P95, double P99);

/// <summary>What waits and what runs, now.</summary>
internal sealed record QueueMetricsBody(int Pending, int Processing, int MaxConcurrentJobs);

/// <summary>The jobs of one instance.</summary>
/// <param name="Requeued">Attempts lost here whose job went elsewhere.</param>
internal sealed record InstanceMetricsBody(
    string Id,
    int ActiveJobs,
    long Processed,
    long Completed,
    long Failed,
    long Cancelled,
    long Requeued,
    double? ErrorRate,
    TimesBody? ProcessingTimeSeconds);

/// <summary>What was counted as clients see it: pure translations.</summary>
internal static class MetricsBodies
{
    public static MetricsBody Of(JobFigures jobs, FleetSnapshot fleet, TimeSpan uptime) => new(
        Seconds(uptime),
        new JobMetricsBody(
            jobs.Submitted, jobs.All.Processed, jobs.All.Completed, jobs.All.Failed, jobs.All.Cancelled,
            jobs.All.Requeued, Rate(jobs.All), Times(jobs.All.Execution), Times(jobs.QueueWait), Times(jobs.Duration)),
        new QueueMetricsBody(fleet.PendingJobs, fleet.ActiveJobs, fleet.MaxConcurrentJobs),
        [
            .. fleet.Instances.Select(instance =>
                Instance(instance, jobs.ByInstance.GetValueOrDefault(instance.Id) ?? OutcomeFigures.None)),
        ]);

    private static InstanceMetricsBody Instance(InstanceSnapshot instance, OutcomeFigures jobs) => new(
        instance.Id.Value, instance.ActiveJobs, jobs.Processed, jobs.Completed, jobs.Failed, jobs.Cancelled,
        jobs.Requeued, Rate(jobs), Times(jobs.Execution));

    private static double? Rate(OutcomeFigures jobs) => jobs.ErrorRate is { } rate ? Math.Round(rate, 4) : null;

    private static TimesBody? Times(TimeFigures? times) => times is null
        ? null
        : new TimesBody(Seconds(times.Mean), Seconds(times.P50), Seconds(times.P95), Seconds(times.P99));

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3);
}

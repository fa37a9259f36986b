namespace AkkaComfy.Core.Health;

/// <summary>Probes slowly while an instance is well, and fast once in doubt, so that a returned GPU is used soon.</summary>
public sealed record ProbeSchedule
{
    private readonly Backoff _doubt;

    /// <param name="interval">Between two probes while well, and the longest wait (<c>HEALTH_CHECK_INTERVAL</c>).</param>
    /// <param name="first">After the first failure.</param>
    public ProbeSchedule(TimeSpan interval, TimeSpan first)
    {
        Interval = interval;
        First = first < interval ? first : interval;
        _doubt = new Backoff(First, interval, Jitter: 0);
    }

    public ProbeSchedule(TimeSpan interval)
        : this(interval, TimeSpan.FromSeconds(1))
    {
    }

    public TimeSpan Interval { get; }

    public TimeSpan First { get; }

    /// <summary>The wait before the next probe.</summary>
    public TimeSpan Next(Circuit circuit) => circuit.InDoubt ? AfterFailures(circuit.FailedProbes) : Interval;

    internal TimeSpan AfterFailures(int failedProbes) => _doubt.Delay(failedProbes, chance: 0);
}

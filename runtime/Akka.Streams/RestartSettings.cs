namespace Akka.Streams;

/// <summary>How a restarting stage backs off, and when it gives up.</summary>
public sealed class RestartSettings
{
    private RestartSettings(TimeSpan min, TimeSpan max, double random, int maxRestarts, TimeSpan within)
    {
        MinBackoff = min;
        MaxBackoff = max;
        RandomFactor = random;
        MaxRestarts = maxRestarts;
        MaxRestartsWithin = within;
    }

    public TimeSpan MinBackoff { get; }

    public TimeSpan MaxBackoff { get; }

    /// <summary>Each delay is lengthened by a random part of itself, up to this.</summary>
    public double RandomFactor { get; }

    public int MaxRestarts { get; }

    /// <summary>A run that lasts longer than this sets the count of restarts back to zero.</summary>
    public TimeSpan MaxRestartsWithin { get; }

    public static RestartSettings Create(TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) =>
        new(minBackoff, maxBackoff, randomFactor, int.MaxValue, minBackoff);

    public RestartSettings WithMinBackoff(TimeSpan value) =>
        new(value, MaxBackoff, RandomFactor, MaxRestarts, MaxRestartsWithin);

    public RestartSettings WithMaxBackoff(TimeSpan value) =>
        new(MinBackoff, value, RandomFactor, MaxRestarts, MaxRestartsWithin);

    public RestartSettings WithRandomFactor(double value) =>
        new(MinBackoff, MaxBackoff, value, MaxRestarts, MaxRestartsWithin);

    public RestartSettings WithMaxRestarts(int count, TimeSpan within) =>
        new(MinBackoff, MaxBackoff, RandomFactor, count, within);

    public override string ToString() => $"RestartSettings(minBackoff={MinBackoff}, maxBackoff={MaxBackoff}, "
        + $"randomFactor={RandomFactor}, maxRestarts={MaxRestarts}, maxRestartsWithin={MaxRestartsWithin})";
}

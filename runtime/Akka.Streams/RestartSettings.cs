namespace Akka.Streams;

/// <summary>How a restarting stage backs off, and when it gives up.</summary>
public sealed record RestartSettings
{
    private RestartSettings(TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) =>
        (MinBackoff, MaxBackoff, RandomFactor, MaxRestartsWithin) = (minBackoff, maxBackoff, randomFactor, minBackoff);

    public TimeSpan MinBackoff { get; private init; }
    public TimeSpan MaxBackoff { get; private init; }

    /// <summary>Each delay is lengthened by a random part of itself, up to this.</summary>
    public double RandomFactor { get; private init; }

    public int MaxRestarts { get; private init; } = int.MaxValue;

    /// <summary>A run that lasts longer than this sets the count of restarts back to zero.</summary>
    public TimeSpan MaxRestartsWithin { get; private init; }

    public static RestartSettings Create(TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) =>
        new(minBackoff, maxBackoff, randomFactor);

    public RestartSettings WithMinBackoff(TimeSpan value) => this with { MinBackoff = value };
    public RestartSettings WithMaxBackoff(TimeSpan value) => this with { MaxBackoff = value };
    public RestartSettings WithRandomFactor(double value) => this with { RandomFactor = value };

    public RestartSettings WithMaxRestarts(int count, TimeSpan within) =>
        this with { MaxRestarts = count, MaxRestartsWithin = within };
}

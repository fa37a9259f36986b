namespace AkkaComfy.Core.Health;

/// <summary>Exponential delays with jitter, so that many who failed together do not return together.</summary>
/// <param name="First">The delay before the first repeat.</param>
/// <param name="Max">No delay is longer.</param>
/// <param name="Jitter">The share of a delay, 0 to 1, that chance may take off it.</param>
public sealed record Backoff(TimeSpan First, TimeSpan Max, double Jitter = 0.5)
{
    // Doubling more often than this exceeds any TimeSpan.
    private const int MaxDoublings = 62;

    /// <param name="failures">Failures in a row so far; 1 gives the first delay.</param>
    /// <param name="chance">A random number in [0, 1).</param>
    public TimeSpan Delay(int failures, double chance)
    {
        var doublings = Math.Clamp(failures - 1, 0, MaxDoublings);
        var ticks = Math.Min(First.Ticks * Math.Pow(2, doublings), Max.Ticks);
        return TimeSpan.FromTicks((long)(ticks * (1 - (Jitter * chance))));
    }
}

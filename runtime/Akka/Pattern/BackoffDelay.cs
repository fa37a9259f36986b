namespace Akka.Pattern;

/// <summary>The delay before a restart or retry.</summary>
internal static class BackoffDelay
{
    /// <summary>Doubles with every restart, up to the maximum, plus a random part of itself.</summary>
    public static TimeSpan After(int restarts, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor)
    {
        var random = 1.0 + Random.Shared.NextDouble() * randomFactor;
        // 2^30 times anything is beyond every maximum, and no TimeSpan.
        if (restarts >= 30)
            return maxBackoff;
        var doubled = TimeSpan.FromTicks((long)Math.Min(maxBackoff.Ticks, minBackoff.Ticks * Math.Pow(2, restarts)));
        return doubled * random;
    }
}

namespace Akka.Streams.Implementation;

/// <summary>Counts the restarts of one stage and knows how long to wait before the next.</summary>
internal sealed class Restarts(Scope scope, RestartSettings settings)
{
    private int _count;
    private TimeSpan _started = scope.Clock;

    /// <summary>Waits for the next start; false when there have been too many.</summary>
    public async ValueTask<bool> Next(CancellationToken token)
    {
        if (scope.Clock - _started > settings.MaxRestartsWithin) _count = 0;
        if (_count == settings.MaxRestarts) return false;
        await scope.Delay(Backoff(_count++), token);
        _started = scope.Clock;
        return true;
    }

    private TimeSpan Backoff(int restarts)
    {
        var random = 1.0 + (Random.Shared.NextDouble() * settings.RandomFactor);
        var delay = settings.MinBackoff.TotalMilliseconds * Math.Pow(2, Math.Min(restarts, 30));
        return TimeSpan.FromMilliseconds(Math.Min(settings.MaxBackoff.TotalMilliseconds, delay) * random);
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace AkkaComfy.Actors.Telemetry;

/// <summary>Shows how long a message waits with an actor: as long as its last ping did, or has done so far.</summary>
public sealed class MailboxMeter
{
    private readonly ConcurrentDictionary<string, Ping> _pings = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;

    public MailboxMeter(Meter meter, TimeProvider time)
    {
        _time = time;
        Metrics.MailboxWait.Observe(meter, () => _pings.Select(ping => new Measurement<double>(
            Wait(ping.Value).TotalSeconds, new KeyValuePair<string, object?>(Metrics.Actor, ping.Key))));
    }

    public void Asked(string actor) => _pings.AddOrUpdate(
        actor,
        static (_, now) => new Ping(now, TimeSpan.Zero),
        static (_, before, now) => before with { AskedAt = before.AskedAt ?? now },
        _time.GetTimestamp());

    public void Answered(string actor) => _pings.AddOrUpdate(
        actor,
        static (_, _) => new Ping(null, TimeSpan.Zero),
        static (_, before, self) => new Ping(null, self.Wait(before)),
        this);

    private TimeSpan Wait(Ping ping) => ping.AskedAt is { } askedAt ? _time.GetElapsedTime(askedAt) : ping.Last;

    /// <param name="AskedAt">When what is not answered yet was asked.</param>
    private sealed record Ping(long? AskedAt, TimeSpan Last);
}

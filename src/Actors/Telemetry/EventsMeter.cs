using System.Diagnostics.Metrics;
using AkkaComfy.Actors.Events;

namespace AkkaComfy.Actors.Telemetry;

/// <summary>Shows how many listen to events, and how often one could not keep up.</summary>
public sealed class EventsMeter
{
    private volatile Listening.Audience? _audience;
    private long _overflows;

    public EventsMeter(Meter meter)
    {
        Metrics.EventListeners.Observe(
            meter, () => _audience is { } audience ? [new Measurement<double>(audience.Listeners)] : []);
        Metrics.EventOverflows.ObserveTotal(meter, () => Interlocked.Read(ref _overflows));
    }

    public void Show(Listening.Audience audience) => _audience = audience;

    /// <summary>A listener was told to look for itself. Safe to call from any thread.</summary>
    public void Overflowed() => Interlocked.Increment(ref _overflows);
}

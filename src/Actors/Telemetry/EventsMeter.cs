using System.Diagnostics.Metrics;
using AkkaComfy.Actors.Events;

namespace AkkaComfy.Actors.Telemetry;

/// <summary>Shows how many listen to events.</summary>
public sealed class EventsMeter
{
    private volatile Listening.Audience? _audience;

    public EventsMeter(Meter meter) => Metrics.EventListeners.Observe(
        meter, () => _audience is { } audience ? [new Measurement<double>(audience.Listeners)] : []);

    public void Show(Listening.Audience audience) => _audience = audience;
}

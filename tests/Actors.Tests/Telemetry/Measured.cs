using System.Diagnostics.Metrics;

namespace AkkaComfy.Actors.Tests.Telemetry;

/// <summary>Makes meters that only this listens to, and keeps whatever is measured.</summary>
internal sealed class Measured : IMeterFactory
{
    private readonly List<Meter> _meters = [];
    private readonly List<(string Line, double Value)> _all = [];
    private readonly MeterListener _listener = new();

    public Measured()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, this))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>What was measured since the last time, as <c>name{tag=value} number</c>.</summary>
    public IReadOnlyList<string> Take()
    {
        lock (_all)
        {
            string[] taken = [.. _all.Select(measured => FormattableString.Invariant($"{measured.Line} {measured.Value:0.###}"))];
            _all.Clear();
            return taken;
        }
    }

    /// <summary>What a gauge shows now; null for nothing.</summary>
    public double? Observe(string line)
    {
        _listener.RecordObservableInstruments();
        lock (_all)
        {
            double?[] values = [.. _all.Where(measured => measured.Line == line).Select(measured => (double?)measured.Value)];
            _all.Clear();
            return values.LastOrDefault();
        }
    }

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    public void Dispose()
    {
        _listener.Dispose();
        _meters.ForEach(meter => meter.Dispose());
    }

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
        lock (_all)
        {
            _all.Add(($"{instrument.Name}{{{labels}}}", value));
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace AkkaComfy.Host.Telemetry.Collection;

/// <summary>Listens to the exported instruments from its making on, and reads them all at once.</summary>
internal sealed class MetricCollector : IDisposable
{
    private readonly ConcurrentDictionary<Instrument, InstrumentSeries> _instruments = new();
    private readonly MeterListener _listener = new();
    private readonly Lock _reading = new();

    public MetricCollector(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ExportedMeters.Includes(instrument, meters))
            {
                listener.EnableMeasurementEvents(
                    instrument, _instruments.GetOrAdd(instrument, published => new InstrumentSeries(published)));
            }
        };
        _listener.MeasurementsCompleted = (instrument, state) => _instruments.TryRemove(instrument, out _);
        Hear<long>(value => value);
        Hear<double>(value => value);
        Hear<int>(value => value);
        Hear<short>(value => value);
        Hear<byte>(value => value);
        Hear<float>(value => value);
        Hear<decimal>(value => (double)value);
        _listener.Start();
    }

    /// <returns>Those that have said anything, by name.</returns>
    public IReadOnlyList<MetricFamily> Read()
    {
        lock (_reading)
        {
            foreach (var instrument in _instruments.Values)
            {
                instrument.ForgetObserved();
            }

            _listener.RecordObservableInstruments();
            return
            [
                .. _instruments.Values.Select(instrument => instrument.Read())
                    .Where(family => family.Series.Count > 0)
                    .OrderBy(family => family.Name, StringComparer.Ordinal),
            ];
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Hear<T>(Func<T, double> number)
        where T : struct => _listener.SetMeasurementEventCallback<T>((_, measurement, tags, state) =>
            ((InstrumentSeries)state!).Take(number(measurement), tags));
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AkkaComfy.Actors.Telemetry;

namespace AkkaComfy.Host.Telemetry.Collection;

/// <summary>The series of one instrument: a bounded number, and one more for all that is beyond.</summary>
internal sealed class InstrumentSeries
{
    public const int MaxSeries = 500;

    /// <summary>Those of OpenTelemetry, for an instrument that advises none.</summary>
    private static readonly double[] DefaultBounds =
        [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000];

    private readonly Instrument _instrument;
    private readonly Func<Series> _create;
    private readonly ConcurrentDictionary<Tags, Series> _series = new(Tags.Comparer.Instance);
    private readonly ConcurrentDictionary<Tags, Series>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> _byTags;

    /// <summary>Set once there are too many: to count them again for each measurement would lock them all.</summary>
    private volatile Series? _overflow;

    public InstrumentSeries(Instrument instrument)
    {
        _instrument = instrument;
        _byTags = _series.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
        (Kind, _create) = Described(instrument);
    }

    public MetricKind Kind { get; }

    public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!_byTags.TryGetValue(tags, out var series))
        {
            series = _overflow ?? Add(tags);
        }

        series.Take(value);
    }

    private Series Add(ReadOnlySpan<KeyValuePair<string, object?>> tags) => _series.Count < MaxSeries
        ? _series.GetOrAdd(Tags.Comparer.Instance.Create(tags), _ => _create())
        : _overflow = _series.GetOrAdd(Tags.Overflow, _ => _create());

    /// <summary>What is observed is told anew each time; what is not told any more is gone.</summary>
    public void ForgetObserved()
    {
        if (_instrument.IsObservable)
        {
            _series.Clear();
            _overflow = null;
        }
    }

    public MetricFamily Read() => new(
        _instrument.Name, Kind, _instrument.Unit ?? "", _instrument.Description ?? "",
        [.. _series.Select(entry => new SeriesReading([.. entry.Key.Text], entry.Value.Read()))]);

    private static (MetricKind Kind, Func<Series> Create) Described(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        if (type == typeof(Histogram<>))
        {
            var bounds = (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries;
            double[] used = bounds is null ? DefaultBounds : [.. bounds];
            return (MetricKind.Histogram, () => new BucketSeries(used));
        }

        return type switch
        {
            _ when type == typeof(Counter<>) => (MetricKind.Counter, () => new SumSeries()),
            _ when type == typeof(UpDownCounter<>) => (MetricKind.Gauge, () => new SumSeries()),
            _ when type == typeof(ObservableCounter<>) => (MetricKind.Counter, () => new LastSeries()),
            _ => (MetricKind.Gauge, () => new LastSeries()),
        };
    }
}

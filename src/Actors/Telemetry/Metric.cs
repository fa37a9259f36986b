using System.Collections.Immutable;
using System.Diagnostics.Metrics;

namespace AkkaComfy.Actors.Telemetry;

/// <summary>The kinds of instruments there are.</summary>
public enum MetricKind
{
    /// <summary>Only grows, from zero at the start of the process.</summary>
    Counter,

    /// <summary>As it is now.</summary>
    Gauge,

    /// <summary>How often a value fell into which bucket.</summary>
    Histogram,
}

/// <summary>One thing that is measured, as exporters and <c>docs/telemetry.md</c> tell of it.</summary>
/// <param name="Unit">A UCUM unit, as OpenTelemetry wants it: <c>s</c>, <c>By</c>, <c>{job}</c>.</param>
public sealed record Metric(
    string Name, MetricKind Kind, string Unit, string Description, params ImmutableArray<string> Labels)
{
    internal Counter<long> CounterOf(Meter meter) => meter.CreateCounter<long>(Name, Unit, Description);

    internal Histogram<double> HistogramOf(Meter meter, IReadOnlyList<double> buckets) =>
        meter.CreateHistogram(Name, Unit, Description, tags: null, new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = buckets,
        });

    internal void ObserveTotal(Meter meter, Func<long> total) =>
        meter.CreateObservableCounter(Name, total, Unit, Description);

    public void Observe(Meter meter, Func<IEnumerable<Measurement<double>>> now) =>
        meter.CreateObservableGauge(Name, now, Unit, Description);
}

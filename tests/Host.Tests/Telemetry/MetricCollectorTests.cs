using System.Diagnostics.Metrics;
using AkkaComfy.Actors.Telemetry;
using AkkaComfy.Host.Telemetry.Collection;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaComfy.Host.Tests.Telemetry;

public sealed class MetricCollectorTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Meter _meter;
    private readonly MetricCollector _collector;

    public MetricCollectorTests()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        _meter = meters.Create(Metrics.MeterName);
        _collector = new MetricCollector(meters);
    }

    public void Dispose()
    {
        _collector.Dispose();
        _services.Dispose();
    }

    [Fact]
    public void The_order_of_labels_does_not_matter()
    {
        var counter = _meter.CreateCounter<long>("c");

        counter.Add(1, new("a", 1), new("b", "x"));
        counter.Add(2, new("b", "x"), new("a", 1));

        var series = Assert.Single(Read("c").Series);
        Assert.Equal([new("a", "1"), new("b", "x")], series.Labels);
        Assert.Equal(new Reading.Number(3), series.Value);
    }

    [Fact]
    public void A_value_belongs_to_the_bucket_whose_bound_it_reaches()
    {
        var histogram = _meter.CreateHistogram("h", "s", "", null, new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [1, 2],
        });

        foreach (var value in (double[])[0.5, 1, 1.5, 2, 3])
        {
            histogram.Record(value);
        }

        var buckets = Assert.IsType<Reading.Buckets>(Assert.Single(Read("h").Series).Value);
        Assert.Equal([1, 2], buckets.Bounds);
        Assert.Equal([2, 2, 1], buckets.Counts);
        Assert.Equal(8, buckets.Sum);
    }

    [Fact]
    public void What_is_observed_no_more_is_gone()
    {
        string[] there = ["a", "b"];
        _meter.CreateObservableGauge("g", () => there.Select(name => new Measurement<int>(1, new KeyValuePair<string, object?>("name", name))));

        Assert.Equal(2, Read("g").Series.Count);
        there = ["b"];

        Assert.Equal("b", Assert.Single(Assert.Single(Read("g").Series).Labels).Value);
    }

    [Fact]
    public void What_goes_up_and_down_is_a_gauge_and_what_only_grows_a_counter()
    {
        _meter.CreateUpDownCounter<int>("u").Add(-2);
        _meter.CreateObservableCounter("o", () => 5L);

        Assert.Equal((MetricKind.Gauge, new Reading.Number(-2)), (Read("u").Kind, Read("u").Series[0].Value));
        Assert.Equal((MetricKind.Counter, new Reading.Number(5)), (Read("o").Kind, Read("o").Series[0].Value));
    }

    [Fact]
    public void Too_many_labels_end_up_in_one_series_and_nothing_is_lost()
    {
        var counter = _meter.CreateCounter<long>("c");

        for (var i = 0; i < InstrumentSeries.MaxSeries + 100; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("client", i));
        }

        var family = Read("c");
        Assert.Equal(InstrumentSeries.MaxSeries + 1, family.Series.Count);
        var overflow = Assert.Single(family.Series, series => series.Labels[0].Key == "otel_metric_overflow");
        Assert.Equal(new Reading.Number(100), overflow.Value);
    }

    [Fact]
    public void What_is_observed_beyond_the_limit_is_told_anew_each_time()
    {
        _meter.CreateObservableGauge("g", () => Enumerable.Range(0, InstrumentSeries.MaxSeries + 2).Select(
            i => new Measurement<int>(i, new KeyValuePair<string, object?>("client", i))));

        Assert.Equal(InstrumentSeries.MaxSeries + 1, Read("g").Series.Count);
        Assert.Equal(InstrumentSeries.MaxSeries + 1, Read("g").Series.Count);
    }

    [Fact]
    public void Another_service_in_the_process_and_other_meters_are_not_shown()
    {
        using var others = new ServiceCollection().AddMetrics().BuildServiceProvider();
        others.GetRequiredService<IMeterFactory>().Create(Metrics.MeterName).CreateCounter<int>("theirs").Add(1);
        using var stranger = new Meter("Stranger");
        stranger.CreateCounter<int>("strange").Add(1);

        Assert.DoesNotContain(_collector.Read(), family => family.Name is "theirs" or "strange");
    }

    private MetricFamily Read(string name) => Assert.Single(_collector.Read(), family => family.Name == name);
}

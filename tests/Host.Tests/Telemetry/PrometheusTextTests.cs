using AkkaComfy.Actors.Telemetry;
using AkkaComfy.Host.Telemetry.Collection;
using AkkaComfy.Host.Telemetry.Prometheus;

namespace AkkaComfy.Host.Tests.Telemetry;

public sealed class PrometheusTextTests
{
    private static readonly MetricFamily Ended = new(
        "akkacomfy.job.ended", MetricKind.Counter, "{job}", "Jobs that \"ended\",\nor \\ not.",
        [new SeriesReading([new("workflow", "a\\b\"c\nd"), new("http.route", "/x")], new Reading.Number(3))]);

    private static readonly MetricFamily Wait = new(
        "akkacomfy.job.queue_wait", MetricKind.Histogram, "s", "Time.",
        [new SeriesReading([], new Reading.Buckets([0.5, 1], [1, 0, 2], 7.25))]);

    private static readonly MetricFamily Uptime = new(
        "akkacomfy.uptime", MetricKind.Gauge, "s", "Up.", [new SeriesReading([], new Reading.Number(double.NaN))]);

    [Fact]
    public void Prometheus_s_own_format_is_written_to_the_letter() => Assert.Equal(
        """
        # HELP target_info The service.
        # TYPE target_info gauge
        target_info{service_name="x"} 1
        # HELP akkacomfy_job_ended_total Jobs that "ended",\nor \\ not.
        # TYPE akkacomfy_job_ended_total counter
        akkacomfy_job_ended_total{workflow="a\\b\"c\nd",http_route="/x"} 3
        # HELP akkacomfy_job_queue_wait_seconds Time.
        # TYPE akkacomfy_job_queue_wait_seconds histogram
        akkacomfy_job_queue_wait_seconds_bucket{le="0.5"} 1
        akkacomfy_job_queue_wait_seconds_bucket{le="1"} 1
        akkacomfy_job_queue_wait_seconds_bucket{le="+Inf"} 3
        akkacomfy_job_queue_wait_seconds_sum 7.25
        akkacomfy_job_queue_wait_seconds_count 3
        # HELP akkacomfy_uptime_seconds Up.
        # TYPE akkacomfy_uptime_seconds gauge
        akkacomfy_uptime_seconds NaN

        """,
        PrometheusText.Write([Ended, Wait, Uptime], [new("service.name", "x")], openMetrics: false));

    [Fact]
    public void OpenMetrics_names_families_units_and_bounds_its_own_way_and_has_an_end() => Assert.Equal(
        """
        # HELP target The service.
        # TYPE target info
        target_info{service_name="x"} 1
        # HELP akkacomfy_job_ended Jobs that \"ended\",\nor \\ not.
        # TYPE akkacomfy_job_ended counter
        akkacomfy_job_ended_total{workflow="a\\b\"c\nd",http_route="/x"} 3
        # HELP akkacomfy_job_queue_wait_seconds Time.
        # TYPE akkacomfy_job_queue_wait_seconds histogram
        # UNIT akkacomfy_job_queue_wait_seconds seconds
        akkacomfy_job_queue_wait_seconds_bucket{le="0.5"} 1
        akkacomfy_job_queue_wait_seconds_bucket{le="1.0"} 1
        akkacomfy_job_queue_wait_seconds_bucket{le="+Inf"} 3
        akkacomfy_job_queue_wait_seconds_sum 7.25
        akkacomfy_job_queue_wait_seconds_count 3
        # EOF

        """,
        PrometheusText.Write([Ended, Wait], [new("service.name", "x")], openMetrics: true));

    [Theory]
    [InlineData("http.server.request.duration", "s", MetricKind.Histogram, "http_server_request_duration_seconds")]
    [InlineData("dotnet.gc.heap.total_allocated", "By", MetricKind.Counter, "dotnet_gc_heap_total_allocated_bytes_total")]
    [InlineData("kestrel.active_connections", "{connection}", MetricKind.Gauge, "kestrel_active_connections")]
    [InlineData("a.share", "1", MetricKind.Gauge, "a_share_ratio")]
    [InlineData("a.seconds", "s", MetricKind.Counter, "a_seconds_total")]
    [InlineData("9..a-b", "", MetricKind.Gauge, "_a_b")]
    public void A_name_tells_its_unit(string name, string unit, MetricKind kind, string expected) =>
        Assert.Equal(expected, PrometheusName.Of(name, unit, kind).Sample);
}

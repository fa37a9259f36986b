using AkkaComfy.Host.Telemetry.Prometheus;
using Microsoft.AspNetCore.Http;

namespace AkkaComfy.Host.Tests.Telemetry;

public sealed class MetricsFormatTests
{
    private const string Scraper = "application/openmetrics-text;version=1.0.0;q=0.5,"
        + "application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

    private const string NewScraper = "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;q=0.6,"
        + "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,text/plain;version=1.0.0;q=0.4,*/*;q=0.1";

    [Theory]
    [InlineData("", MetricsFormat.Json)]
    [InlineData("*/*", MetricsFormat.Json)]
    [InlineData("application/json", MetricsFormat.Json)]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", MetricsFormat.Json)]
    [InlineData("image/png", MetricsFormat.Json)]
    [InlineData("!!", MetricsFormat.Json)]
    [InlineData("text/plain, application/json", MetricsFormat.Json)]
    [InlineData("text/plain, */*", MetricsFormat.PrometheusText)]
    [InlineData("text/plain", MetricsFormat.PrometheusText)]
    [InlineData("text/*", MetricsFormat.PrometheusText)]
    [InlineData("text/plain;version=\"0.0.4\"", MetricsFormat.PrometheusText)]
    [InlineData("text/plain;version=2.0.0", MetricsFormat.Json)]
    [InlineData("text/plain;q=0.5, application/json;q=0.4", MetricsFormat.PrometheusText)]
    [InlineData("text/plain;q=0", MetricsFormat.Json)]
    [InlineData("application/openmetrics-text", MetricsFormat.OpenMetrics)]
    [InlineData("application/openmetrics-text;version=0.0.1", MetricsFormat.Json)]
    [InlineData(Scraper, MetricsFormat.OpenMetrics)]
    [InlineData(NewScraper, MetricsFormat.OpenMetrics)]
    public void A_client_reads_what_it_asks_for(string accept, object expected)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Accept = accept;

        Assert.Equal((MetricsFormat)expected, MetricsFormats.Of(request));
    }
}

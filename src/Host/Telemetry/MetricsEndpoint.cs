using System.Text;
using AkkaComfy.Actors.Telemetry;
using AkkaComfy.Host.Endpoints.Bodies;
using AkkaComfy.Host.Http;
using AkkaComfy.Host.OpenApi;
using AkkaComfy.Host.OpenApi.Operations;
using AkkaComfy.Host.Telemetry.Collection;
using AkkaComfy.Host.Telemetry.Prometheus;

namespace AkkaComfy.Host.Telemetry;

/// <summary><c>GET /metrics</c>: figures as JSON for people and scripts, all series as text for a scraper.</summary>
internal sealed class MetricsEndpoint(
    MetricCollector collector, ServiceMeters meters, HostMeter host, JobsGateway gateway, ServiceTarget target)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        // Made now, not at the first request: it listens from here on.
        var self = routes.ServiceProvider.GetRequiredService<MetricsEndpoint>();
        routes.MapGet("/metrics", (HttpRequest request, HttpResponse response) => self.ShowAsync(request, response))
            .Describe(TelemetryOperations.Metrics);
    }

    private async Task<IResult> ShowAsync(HttpRequest request, HttpResponse response)
    {
        response.Headers.Vary = "Accept";
        response.Headers.CacheControl = "no-store";
        return MetricsFormats.Of(request) switch
        {
            MetricsFormat.OpenMetrics => Text(MetricsFormats.OpenMetricsType, openMetrics: true),
            MetricsFormat.PrometheusText => Text(MetricsFormats.TextType, openMetrics: false),
            _ => new Answer<MetricsBody>(
                MetricsBodies.Of(
                    meters.Statistics.Read(), await gateway.FleetAsync(request.HttpContext.RequestAborted), host.Uptime),
                BodiesJson.Plain.MetricsBody),
        };
    }

    private IResult Text(string contentType, bool openMetrics) => Results.Text(
        PrometheusText.Write(collector.Read(), target.Labels, openMetrics), contentType, Encoding.UTF8);
}

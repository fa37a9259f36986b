using System.Text;
using AkkaComfy.Actors.Telemetry;
using AkkaComfy.Host.Endpoints.Bodies;
using AkkaComfy.Host.Http;
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
        routes.MapGet("/metrics", (HttpContext context) => self.ShowAsync(context));
    }

    private async Task<IResult> ShowAsync(HttpContext context)
    {
        context.Response.Headers.Vary = "Accept";
        context.Response.Headers.CacheControl = "no-store";
        return MetricsFormats.Of(context.Request) switch
        {
            MetricsFormat.OpenMetrics => Text(MetricsFormats.OpenMetricsType, openMetrics: true),
            MetricsFormat.PrometheusText => Text(MetricsFormats.TextType, openMetrics: false),
            _ => new Answer<MetricsBody>(
                MetricsBodies.Of(
                    meters.Statistics.Read(), await gateway.FleetAsync(context.RequestAborted), host.Uptime),
                BodiesJson.Plain.MetricsBody),
        };
    }

    private IResult Text(string contentType, bool openMetrics) => Results.Text(
        PrometheusText.Write(collector.Read(), target.Labels, openMetrics), contentType, Encoding.UTF8);
}

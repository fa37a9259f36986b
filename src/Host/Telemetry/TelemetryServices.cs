using AkkaComfy.Actors.Telemetry;
using AkkaComfy.Host.Settings;
using AkkaComfy.Host.Telemetry.Collection;
using AkkaComfy.Host.Telemetry.Otlp;

namespace AkkaComfy.Host.Telemetry;

/// <summary>Composes what measures, what shows it, and, where a collector is named, what sends it.</summary>
internal static class TelemetryServices
{
    public static void AddTelemetry(this IServiceCollection services, ServiceSettings settings)
    {
        services
            .AddSingleton(provider => ServiceTarget.Of(provider.GetRequiredService<DataDirectory>().Gateway.Id))
            .AddSingleton<ServiceMeters>()
            .AddSingleton<HostMeter>()
            .AddSingleton<MetricCollector>()
            .AddSingleton<MetricsEndpoint>();
        if (settings.Telemetry is { } variables)
        {
            OtlpExport.AddTo(services, variables);
        }
    }
}

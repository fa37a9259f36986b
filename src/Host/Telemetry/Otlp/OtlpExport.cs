using System.Collections.Immutable;
using AkkaComfy.Actors.Telemetry;
using AkkaComfy.Host.Telemetry.Collection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AkkaComfy.Host.Telemetry.Otlp;

/// <summary>Sends metrics and traces to an OpenTelemetry collector, for as long as the service runs.</summary>
/// <param name="variables">The <c>OTEL_…</c> ones, which OpenTelemetry reads itself.</param>
internal sealed class OtlpExport(ImmutableDictionary<string, string> variables, ServiceTarget target)
    : IHostedService, IDisposable
{
    private const string ServiceName = "OTEL_SERVICE_NAME";

    private OpenTelemetrySdk? _sdk;

    public static void AddTo(IServiceCollection services, ImmutableDictionary<string, string> variables)
    {
        // Requests then describe themselves as OpenTelemetry's conventions say.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        services.AddSingleton<IHostedService>(provider =>
            new OtlpExport(variables, provider.GetRequiredService<ServiceTarget>()));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _sdk = OpenTelemetrySdk.Create(telemetry =>
        {
            telemetry.Services.AddSingleton<IConfiguration>(Configuration());
            telemetry
                .ConfigureResource(resource => resource.AddAttributes(
                [
                    new("service.version", target.Version), new("service.instance.id", target.InstanceId),
                ]))
                .WithMetrics(metrics => metrics
                    .AddMeter([Metrics.MeterName, .. ExportedMeters.Platform.Keys])
                    .AddView(instrument => ExportedMeters.Includes(instrument) ? null : MetricStreamConfiguration.Drop)
                    .AddOtlpExporter())
                .WithTracing(traces => traces
                    .AddSource(Traces.SourceName, "Microsoft.AspNetCore", "System.Net.Http")
                    .AddProcessor(new NoiseFilter())
                    .AddOtlpExporter());
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>After all else has stopped: what is not sent yet is sent now.</summary>
    public void Dispose() => _sdk?.Dispose();

    private IConfigurationRoot Configuration() => new ConfigurationBuilder()
        .AddInMemoryCollection([new(ServiceName, target.Name)])
        .AddInMemoryCollection(variables.Select(variable => KeyValuePair.Create(variable.Key, (string?)variable.Value)))
        .Build();
}

namespace AkkaComfy.Host.Tests.Telemetry.Real;

/// <summary>A fact that a real Prometheus judges.</summary>
public sealed class PrometheusFactAttribute : FactAttribute
{
    public PrometheusFactAttribute() => Skip = PrometheusPrograms.Missing;
}

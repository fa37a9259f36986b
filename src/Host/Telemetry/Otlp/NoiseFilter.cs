using System.Diagnostics;
using OpenTelemetry;

namespace AkkaComfy.Host.Telemetry.Otlp;

/// <summary>
/// Keeps out what belongs to no request of a client: probes and looks of our own at instances, and what orchestrators and
/// scrapers ask every few seconds.
/// </summary>
internal sealed class NoiseFilter : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (IsNoise(data))
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }

    private static bool IsNoise(Activity span) => span.Kind switch
    {
        ActivityKind.Client => span.ParentSpanId == default,
        ActivityKind.Server => span.GetTagItem("url.path") is string path
            && (path == "/metrics" || path == "/health" || path.StartsWith("/health/", StringComparison.Ordinal)),
        _ => false,
    };
}

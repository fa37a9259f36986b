using System.Diagnostics;
using OpenTelemetry;

namespace AkkaComfy.Host.Telemetry.Otlp;

/// <summary>Keeps out what belongs to no request of a client: probes of our own, and looks at instances.</summary>
internal sealed class NoiseFilter : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.Kind == ActivityKind.Client && data.ParentSpanId == default)
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}

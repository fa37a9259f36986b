using System.Diagnostics;

namespace AkkaComfy.Host.Telemetry;

/// <summary>Where in which trace the request under way is.</summary>
internal static class RequestTrace
{
    /// <summary>A W3C <c>traceparent</c>; null where the request is not recorded.</summary>
    public static string? Parent =>
        Activity.Current is { Recorded: true, IdFormat: ActivityIdFormat.W3C } request ? request.Id : null;
}

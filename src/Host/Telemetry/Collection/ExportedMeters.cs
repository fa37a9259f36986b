using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using AkkaComfy.Actors.Telemetry;

namespace AkkaComfy.Host.Telemetry.Collection;

/// <summary>Which instruments <c>/metrics</c> shows: all of this service's, and a choice of the platform's.</summary>
internal static class ExportedMeters
{
    /// <summary>By meter; a test finds each of them in docs/telemetry.md.</summary>
    public static FrozenDictionary<string, FrozenSet<string>> Platform { get; } =
        new Dictionary<string, FrozenSet<string>>(StringComparer.Ordinal)
        {
            ["Microsoft.AspNetCore.Hosting"] = Names("http.server.request.duration", "http.server.active_requests"),
            ["Microsoft.AspNetCore.Server.Kestrel"] =
                Names("kestrel.active_connections", "kestrel.queued_requests", "kestrel.rejected_connections"),
            ["System.Net.Http"] = Names("http.client.request.duration", "http.client.active_requests"),
            ["System.Runtime"] = Names(
                "dotnet.exceptions", "dotnet.gc.collections", "dotnet.gc.heap.total_allocated",
                "dotnet.gc.last_collection.memory.committed_size", "dotnet.gc.pause.time",
                "dotnet.monitor.lock_contentions", "dotnet.process.cpu.time", "dotnet.process.memory.working_set",
                "dotnet.thread_pool.work_item.count"),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool Includes(Instrument instrument) => instrument.Meter.Name == Metrics.MeterName
        || (Platform.TryGetValue(instrument.Meter.Name, out var chosen) && chosen.Contains(instrument.Name));

    /// <summary>Not those of another service in this process: they belong to another factory.</summary>
    public static bool Includes(Instrument instrument, IMeterFactory ours) =>
        (instrument.Meter.Scope is not IMeterFactory factory || ReferenceEquals(factory, ours)) && Includes(instrument);

    private static FrozenSet<string> Names(params string[] names) => names.ToFrozenSet(StringComparer.Ordinal);
}

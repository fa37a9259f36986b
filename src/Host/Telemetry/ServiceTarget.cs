using System.Reflection;

namespace AkkaComfy.Host.Telemetry;

/// <summary>Which service the telemetry is about, as OpenTelemetry names it.</summary>
internal sealed record ServiceTarget(string Name, string Version, string InstanceId)
{
    public const string DefaultName = "akkacomfy";

    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; } =
    [
        new("service.instance.id", InstanceId), new("service.name", Name), new("service.version", Version),
    ];

    /// <param name="gateway">What this gateway calls itself towards instances, the same over restarts.</param>
    public static ServiceTarget Of(string gateway) => new(
        DefaultName,
        typeof(ServiceTarget).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion ?? "unknown",
        gateway);
}

using System.Collections.Immutable;

namespace AkkaComfy.Host.Settings;

/// <summary>Reads whether and how telemetry is sent to a collector; OpenTelemetry itself reads all but what is checked here.</summary>
internal static class OtlpSettings
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <returns>All <c>OTEL_…</c> variables; null for not to be sent.</returns>
    public static ImmutableDictionary<string, string>? Read(SettingsReader reader)
    {
        var isDisabled = reader.Flag("OTEL_SDK_DISABLED", false);
        reader.OneOf("OTEL_EXPORTER_OTLP_PROTOCOL", ("grpc", 0), ("http/protobuf", 1));
        if (reader.Find(Endpoint) is not { } endpoint)
        {
            return null;
        }

        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            reader.Refuse(Endpoint, endpoint, "the URL of an OTLP collector, such as http://localhost:4317");
        }

        return isDisabled ? null : reader.Starting("OTEL_").ToImmutableDictionary(StringComparer.Ordinal);
    }
}

using Microsoft.Net.Http.Headers;

namespace AkkaComfy.Host.Telemetry.Prometheus;

/// <summary>How a client of <c>/metrics</c> wants to read.</summary>
internal enum MetricsFormat
{
    Json,
    PrometheusText,
    OpenMetrics,
}

/// <summary>Chooses the format by the <c>Accept</c> header: JSON, unless text is asked for as a scraper does.</summary>
internal static class MetricsFormats
{
    public const string TextType = "text/plain; version=0.0.4; charset=utf-8";
    public const string OpenMetricsType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /// <summary>The order decides a draw.</summary>
    private static readonly (MetricsFormat Format, string Type, string Version)[] Known =
    [
        (MetricsFormat.Json, "application/json", ""),
        (MetricsFormat.OpenMetrics, "application/openmetrics-text", "1.0.0"),
        (MetricsFormat.PrometheusText, "text/plain", "0.0.4"),
    ];

    /// <summary>The best quality wins; then what was named most exactly.</summary>
    public static MetricsFormat Of(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
        {
            return MetricsFormat.Json;
        }

        return Known
            .SelectMany(known => accepted.Select(range => (
                known.Format, Quality: range.Quality ?? 1.0, Exactness: Exactness(range, known.Type, known.Version))))
            .Where(offer => offer is { Exactness: > 0, Quality: > 0 })
            .OrderByDescending(offer => offer.Quality)
            .ThenByDescending(offer => offer.Exactness)
            .Select(offer => offer.Format)
            .FirstOrDefault(MetricsFormat.Json);
    }

    /// <returns>0 for a range that does not include the type.</returns>
    private static int Exactness(MediaTypeHeaderValue range, string type, string version)
    {
        if (range.MatchesAllTypes)
        {
            return 1;
        }

        var slash = type.IndexOf('/', StringComparison.Ordinal);
        if (!range.Type.Equals(type[..slash], StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        if (range.MatchesAllSubTypes)
        {
            return 2;
        }

        var asked = range.Parameters.FirstOrDefault(
            parameter => parameter.Name.Equals("version", StringComparison.OrdinalIgnoreCase));
        return range.SubType.Equals(type[(slash + 1)..], StringComparison.OrdinalIgnoreCase)
            && (asked is null || HeaderUtilities.RemoveQuotes(asked.Value).Equals(version, StringComparison.Ordinal))
            ? 3
            : 0;
    }
}

using AkkaComfy.Actors.Telemetry;

namespace AkkaComfy.Host.Telemetry.Prometheus;

/// <summary>What a metric is called in Prometheus: the rules by which OpenTelemetry translates names and units.</summary>
/// <param name="Family">With its unit, and without <c>_total</c>.</param>
/// <param name="Unit">As a word; null for a number of things.</param>
internal sealed record PrometheusName(string Family, string? Unit, MetricKind Kind)
{
    /// <summary>What a counter's samples are called; in the older format its family too.</summary>
    public string Sample => Kind == MetricKind.Counter ? $"{Family}_total" : Family;

    public static PrometheusName Of(string name, string unit, MetricKind kind)
    {
        var clean = Sanitized(name);
        var word = Word(unit, kind);
        return new PrometheusName(
            word is null || clean.EndsWith($"_{word}", StringComparison.Ordinal) ? clean : $"{clean}_{word}", word, kind);
    }

    /// <summary>Whatever may not stand in a name becomes an underscore, and several of them one.</summary>
    public static string Sanitized(string name)
    {
        var clean = new System.Text.StringBuilder(name.Length);
        foreach (var character in name)
        {
            if (char.IsAsciiLetter(character) || (char.IsAsciiDigit(character) && clean.Length > 0))
            {
                clean.Append(character);
            }
            else if (clean.Length == 0 || clean[^1] != '_')
            {
                clean.Append('_');
            }
        }

        return clean.ToString();
    }

    private static string? Word(string unit, MetricKind kind) => unit switch
    {
        "" => null,
        "1" => kind == MetricKind.Gauge ? "ratio" : null,
        "s" => "seconds",
        "ms" => "milliseconds",
        "By" => "bytes",
        "Cel" => "celsius",
        ['{', ..] => null,
        _ => Sanitized(unit),
    };
}

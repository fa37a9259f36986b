using System.Globalization;
using System.Text;
using AkkaComfy.Actors.Telemetry;
using AkkaComfy.Host.Telemetry.Collection;

namespace AkkaComfy.Host.Telemetry.Prometheus;

/// <summary>Writes what was measured in the text format of Prometheus, or in OpenMetrics.</summary>
internal sealed class PrometheusText(bool openMetrics)
{
    private readonly StringBuilder _text = new();

    /// <param name="target">What the numbers are about, as labels of <c>target_info</c>.</param>
    public static string Write(
        IEnumerable<MetricFamily> families, IReadOnlyList<KeyValuePair<string, string>> target, bool openMetrics)
    {
        var text = new PrometheusText(openMetrics);
        text.WriteTarget(target);
        foreach (var family in families)
        {
            text.Write(family);
        }

        return text.End();
    }

    private void WriteTarget(IReadOnlyList<KeyValuePair<string, string>> target)
    {
        WriteHead(openMetrics ? "target" : "target_info", openMetrics ? "info" : "gauge", null, "The service.");
        WriteSample("target_info", target, extra: null, 1);
    }

    private void Write(MetricFamily family)
    {
        var name = PrometheusName.Of(family.Name, family.Unit, family.Kind);
        var type = family.Kind switch
        {
            MetricKind.Counter => "counter",
            MetricKind.Histogram => "histogram",
            _ => "gauge",
        };
        WriteHead(openMetrics ? name.Family : name.Sample, type, name.Unit, family.Description);
        foreach (var series in family.Series)
        {
            switch (series.Value)
            {
                case Reading.Number number:
                    WriteSample(name.Sample, series.Labels, extra: null, number.Value);
                    break;
                case Reading.Buckets buckets:
                    WriteBuckets(name.Family, series.Labels, buckets);
                    break;
            }
        }
    }

    private void WriteHead(string name, string type, string? unit, string description)
    {
        _text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {Escaped(description, quotes: openMetrics)}\n");
        _text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {type}\n");
        if (openMetrics && unit is not null)
        {
            _text.Append(CultureInfo.InvariantCulture, $"# UNIT {name} {unit}\n");
        }
    }

    private void WriteBuckets(
        string name, IReadOnlyList<KeyValuePair<string, string>> labels, Reading.Buckets buckets)
    {
        long below = 0;
        for (var i = 0; i < buckets.Counts.Count; i++)
        {
            below += buckets.Counts[i];
            var bound = i < buckets.Bounds.Count ? buckets.Bounds[i] : double.PositiveInfinity;
            WriteSample($"{name}_bucket", labels, KeyValuePair.Create("le", Bound(bound)), below);
        }

        WriteSample($"{name}_sum", labels, extra: null, buckets.Sum);
        WriteSample($"{name}_count", labels, extra: null, below);
    }

    private void WriteSample(
        string name, IReadOnlyList<KeyValuePair<string, string>> labels, KeyValuePair<string, string>? extra,
        double value)
    {
        _text.Append(name);
        var separator = '{';
        foreach (var (label, word) in extra is { } last ? labels.Append(last) : labels)
        {
            _text.Append(separator).Append(PrometheusName.Sanitized(label));
            _text.Append("=\"").Append(Escaped(word, quotes: true)).Append('"');
            separator = ',';
        }

        _text.Append(separator == ',' ? "} " : " ").Append(Number(value)).Append('\n');
    }

    private string End() => openMetrics ? _text.Append("# EOF\n").ToString() : _text.ToString();

    /// <summary>OpenMetrics wants to see that a bound is no whole number by type.</summary>
    private string Bound(double bound)
    {
        var text = Number(bound);
        return openMetrics && text.All(char.IsAsciiDigit) ? $"{text}.0" : text;
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Escaped(string text, bool quotes)
    {
        if (!text.AsSpan().ContainsAny('\\', '\n', '"'))
        {
            return text;
        }

        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }
}

using AkkaComfy.Host.Telemetry.Prometheus;

namespace AkkaComfy.Host.Tests.Telemetry;

/// <summary>A row of the tables in <c>docs/telemetry.md</c>.</summary>
internal sealed record DocumentedMetric(string Name, string Prometheus, IReadOnlyList<string> Cells)
{
    public static IReadOnlyList<DocumentedMetric> All { get; } =
    [
        .. File.ReadLines(RepositoryFiles.PathOf("docs/telemetry.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToList())
            .Where(cells => cells.Count > 3)
            .Select(cells => new DocumentedMetric(cells[0].Trim('`'), cells[1].Trim('`'), cells)),
    ];

    /// <summary>As they stand in the text of Prometheus.</summary>
    public IEnumerable<string> Labels => Cells[^2]
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(label => PrometheusName.Sanitized(label.Trim('`')));

    /// <summary>The row that a metric of this service must have.</summary>
    public static string RowOf(AkkaComfy.Actors.Telemetry.Metric metric)
    {
        var prometheus = PrometheusName.Of(metric.Name, metric.Unit, metric.Kind).Sample;
        var labels = string.Join(", ", metric.Labels.Select(label => $"`{label}`"));
        return $"| `{metric.Name}` | `{prometheus}` | {metric.Kind.ToString().ToLowerInvariant()} | `{metric.Unit}` | "
            + $"{(labels.Length > 0 ? $"{labels} | " : "| ")}{metric.Description} |";
    }
}

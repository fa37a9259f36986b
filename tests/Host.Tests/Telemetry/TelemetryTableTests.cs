using System.Text.RegularExpressions;
using AkkaComfy.Actors.Telemetry;
using AkkaComfy.Host.Telemetry.Collection;
using AkkaComfy.Host.Tests.Service;

namespace AkkaComfy.Host.Tests.Telemetry;

/// <summary>The tables of docs/telemetry.md, the code, and what <c>ops/</c> makes of it say the same.</summary>
public sealed partial class TelemetryTableTests
{
    [Fact]
    public void Every_metric_of_this_service_stands_in_the_table_word_for_word() => Assert.Equal(
        Metrics.All.Select(DocumentedMetric.RowOf),
        File.ReadLines(RepositoryFiles.PathOf("docs/telemetry.md"))
            .Where(line => line.StartsWith("| `akkacomfy.", StringComparison.Ordinal)
                && line.Contains("| `akkacomfy_", StringComparison.Ordinal)));

    [Fact]
    public void Every_metric_of_the_platform_that_is_shown_stands_in_the_table() => Assert.Equal(
        ExportedMeters.Platform.SelectMany(meter => meter.Value).Order(StringComparer.Ordinal),
        DocumentedMetric.All.Select(metric => metric.Name)
            .Where(name => !name.StartsWith("akkacomfy.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public async Task What_a_running_service_shows_has_the_names_and_labels_of_the_table()
    {
        await using var service = await RunningService.StartAsync();
        await service.FailOnceAsync("out_of_memory");
        await service.EndOfAsync(await service.AcceptAsync());
        var text = await service.MetricsTextAsync(
            "text/plain", text => text.Contains("akkacomfy_job_ended_total{", StringComparison.Ordinal));

        var documented = DocumentedMetric.All.ToDictionary(metric => metric.Prometheus);
        foreach (var sample in Sample().Matches(text).Where(match => match.Groups["name"].Value != "target_info"))
        {
            var metric = documented[Family(sample.Groups["name"].Value, documented)];
            var labels = Label().Matches(sample.Groups["labels"].Value).Select(match => match.Groups["label"].Value);
            Assert.Empty(labels.Except([.. metric.Labels, "le"]));
        }
    }

    [Theory]
    [InlineData("ops/prometheus/alerts.yml")]
    [InlineData("ops/prometheus/alerts.test.yml")]
    [InlineData("ops/grafana/akkacomfy.json")]
    public void Operations_ask_only_for_metrics_and_labels_that_there_are(string file)
    {
        var documented = DocumentedMetric.All.ToDictionary(metric => metric.Prometheus);
        var labels = DocumentedMetric.All.SelectMany(metric => metric.Labels).ToHashSet(StringComparer.Ordinal);
        var named = Named().Matches(File.ReadAllText(RepositoryFiles.PathOf(file))).Select(match => match.Value).ToList();

        Assert.NotEmpty(named);
        Assert.All(named.Except(labels), name => Assert.Contains(Family(name, documented), documented.Keys));
    }

    [Fact]
    public void The_dashboard_has_no_two_panels_in_one_place()
    {
        var panels = Dashboard.Panels().ToList();
        var fields = panels.SelectMany(panel =>
        {
            var place = panel.GetProperty("gridPos");
            var (x, y) = (place.GetProperty("x").GetInt32(), place.GetProperty("y").GetInt32());
            return from column in Enumerable.Range(x, place.GetProperty("w").GetInt32())
                   from row in Enumerable.Range(y, place.GetProperty("h").GetInt32())
                   select (column, row);
        }).ToList();

        Assert.Equal(fields.Count, fields.Distinct().Count());
        Assert.All(fields, field => Assert.InRange(field.column, 0, 23));
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.NotEmpty(Dashboard.Queries());
    }

    /// <summary>The samples of a histogram have its name and more.</summary>
    private static string Family(string sample, Dictionary<string, DocumentedMetric> documented) =>
        documented.ContainsKey(sample) ? sample : HistogramPart().Replace(sample, "");

    [GeneratedRegex("^(?<name>[a-z_]+)(?<labels>{.*})? [^ ]+$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sample();

    [GeneratedRegex("(?<label>[a-z_]+)=\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Label();

    [GeneratedRegex("_(?:bucket|sum|count)$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HistogramPart();

    [GeneratedRegex(@"\b(?:akkacomfy|http|kestrel|dotnet)_[a-z_]+\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Named();
}

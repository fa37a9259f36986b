using System.Text.Json;
using AkkaComfy.Actors.Telemetry;
using AkkaComfy.Host.Telemetry.Prometheus;
using AkkaComfy.Host.Tests.Service;

namespace AkkaComfy.Host.Tests.Telemetry.Real;

/// <summary>What Prometheus itself thinks of <c>/metrics</c> and of <c>ops/</c>.</summary>
public sealed class RealPrometheusTests
{
    private const string Ended =
        """akkacomfy_job_ended_total{outcome="completed",workflow="remove-background"} == 1""";

    [PrometheusFact]
    public async Task Promtool_has_nothing_to_say_against_our_text()
    {
        await using var service = await RunningService.StartAsync();
        await service.FailOnceAsync("out_of_memory");
        await service.EndOfAsync(await service.AcceptAsync());
        var text = await service.MetricsTextAsync("text/plain", text =>
            Shown().All(name => text.Contains($"# TYPE {name} ", StringComparison.Ordinal)));

        Assert.Equal("", await PrometheusPrograms.CheckAsync(text, "check", "metrics"));
    }

    [PrometheusFact]
    public async Task Prometheus_scrapes_a_running_service_and_answers_queries_about_its_jobs()
    {
        await using var service = await RunningService.StartAsync();
        await using var prometheus = RunningPrometheus.Start(service.Http.BaseAddress!);
        await service.EndOfAsync(await service.AcceptAsync());

        var ended = Assert.Single(await prometheus.QueryAsync(Ended)).GetProperty("metric");
        var waits = await prometheus.QueryAsync(
            "histogram_quantile(0.95, sum by (le) (akkacomfy_job_queue_wait_seconds_bucket))");
        var requests = await prometheus.QueryAsync(
            """http_server_request_duration_seconds_count{http_route="/api/async/{workflow}"} == 1""");
        var version = await prometheus.QueryAsync("target_info");

        Assert.Contains(':', ended.GetProperty("comfyui_instance").GetString()!);
        Assert.Equal(service.Http.BaseAddress!.Authority, ended.GetProperty("instance").GetString());
        Assert.NotEqual("NaN", waits[0].GetProperty("value")[1].GetString());
        Assert.Single(requests);
        Assert.Equal("akkacomfy", version[0].GetProperty("metric").GetProperty("service_name").GetString());
        Assert.Equal("1", Assert.Single(await prometheus.QueryAsync("up")).GetProperty("value")[1].GetString());
        foreach (var query in Dashboard.Queries())
        {
            Assert.Equal("", await prometheus.ComplaintAboutAsync(query
                .Replace("$__rate_interval", "1m", StringComparison.Ordinal)
                .Replace("$instance", ".*", StringComparison.Ordinal)));
        }
    }

    [PrometheusFact]
    public async Task Prometheus_evaluates_the_alert_rules_on_real_series()
    {
        await using var service = await RunningService.StartAsync(variables: ("COMFYUI_HOSTS", "127.0.0.1:1"));
        await using var prometheus = RunningPrometheus.Start(service.Http.BaseAddress!);

        var data = await prometheus.UntilAsync("/api/v1/rules", data => Rules(data).Any(rule =>
            rule.GetProperty("name").GetString() == "AkkaComfyNoInstance"
            && rule.GetProperty("state").GetString() == "pending"));

        Assert.All(
            Rules(data).Where(rule => rule.GetProperty("health").GetString() != "unknown"),
            rule => Assert.Equal("ok", rule.GetProperty("health").GetString()));
    }

    [PrometheusFact]
    public async Task The_alert_rules_are_valid_and_fire_when_they_should()
    {
        var folder = RepositoryFiles.PathOf("ops/prometheus");

        Assert.Equal("", await PrometheusPrograms.CheckAsync("", "check", "config", Path.Combine(folder, "prometheus.yml")));
        Assert.Equal("", await PrometheusPrograms.CheckAsync("", "test", "rules", Path.Combine(folder, "alerts.test.yml")));
    }

    private static IEnumerable<JsonElement> Rules(JsonElement data) =>
        data.GetProperty("groups").EnumerateArray().SelectMany(group => group.GetProperty("rules").EnumerateArray());

    /// <summary>The names of all that a job which failed once and then completed leaves behind.</summary>
    private static IEnumerable<string> Shown() => Metrics.All
        .Where(metric => metric != Metrics.CircuitTransitions)
        .Select(metric => PrometheusName.Of(metric.Name, metric.Unit, metric.Kind).Sample);
}

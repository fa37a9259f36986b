using System.Net;
using System.Text.Json;
using AkkaComfy.Host.Tests.Service;

namespace AkkaComfy.Host.Tests.Telemetry;

public sealed class MetricsEndpointTests
{
    [Fact]
    public async Task The_figures_of_the_jobs_are_shown_in_all_and_for_each_instance()
    {
        await using var service = await RunningService.StartAsync();
        var before = await service.GetAsync("/metrics");
        await service.EndOfAsync(await service.AcceptAsync());
        await service.EndOfAsync(await service.AcceptAsync("upscale-image"));
        await service.FailOnceAsync("out_of_memory");
        await service.EndOfAsync(await service.AcceptAsync());

        var after = await service.UntilAsync(
            "/metrics", body => body.GetProperty("jobs").GetProperty("processed").GetInt64() == 3);

        Assert.Equal(JsonValueKind.Null, before.GetProperty("jobs").GetProperty("error_rate").ValueKind);
        Assert.Equal(JsonValueKind.Null, before.GetProperty("jobs").GetProperty("total_time_seconds").ValueKind);
        Assert.Equal(["uptime_seconds", "jobs", "queue", "instances"], Names(after));
        Assert.True(after.GetProperty("uptime_seconds").GetDouble() > before.GetProperty("uptime_seconds").GetDouble());
        var jobs = after.GetProperty("jobs");
        Assert.Equal(
            [
                "submitted", "processed", "completed", "failed", "cancelled", "requeued", "error_rate",
                "processing_time_seconds", "queue_time_seconds", "total_time_seconds",
            ],
            Names(jobs));
        Assert.Equal((3, 3, 0, 1), (Count(jobs, "submitted"), Count(jobs, "completed"), Count(jobs, "failed"), Count(jobs, "requeued")));
        Assert.Equal(0, jobs.GetProperty("error_rate").GetDouble());
        Assert.Equal(["average", "p50", "p95", "p99"], Names(jobs.GetProperty("total_time_seconds")));
        Assert.True(jobs.GetProperty("total_time_seconds").GetProperty("p50").GetDouble() > 0);
        Assert.Equal(0, Count(after.GetProperty("queue"), "pending"));
        var instance = Assert.Single(after.GetProperty("instances").EnumerateArray());
        Assert.Equal((3, 1), (Count(instance, "completed"), Count(instance, "requeued")));
    }

    [Theory]
    [InlineData("text/plain", "text/plain; version=0.0.4; charset=utf-8")]
    [InlineData("application/openmetrics-text; version=1.0.0", "application/openmetrics-text; version=1.0.0; charset=utf-8")]
    [InlineData("*/*", "application/json; charset=utf-8")]
    public async Task The_accepted_type_decides_the_form(string accept, string expected)
    {
        await using var service = await RunningService.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation("Accept", accept);

        using var response = await service.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, response.Content.Headers.ContentType?.ToString());
        Assert.Equal("Accept", response.Headers.Vary.Single());
        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Series_tell_the_workflow_the_instance_the_outcome_and_whose_fault_it_was()
    {
        await using var service = await RunningService.StartAsync();
        await service.FailOnceAsync("out_of_memory");
        await service.EndOfAsync(await service.AcceptAsync());
        var id = (await service.GetAsync("/api/instances")).GetProperty("instances")[0].GetProperty("id").GetString();

        string[] expected =
        [
            "akkacomfy_job_submitted_total{workflow=\"remove-background\"} 1\n",
            $"akkacomfy_job_ended_total{{blame=\"none\",comfyui_instance=\"{id}\",outcome=\"completed\",workflow=\"remove-background\"}} 1\n",
            $"akkacomfy_job_requeued_total{{blame=\"worker_this_job\",comfyui_instance=\"{id}\",workflow=\"remove-background\"}} 1\n",
            "akkacomfy_job_executed_again_total{blame=\"worker_this_job\",workflow=\"remove-background\"} 1\n",
            "akkacomfy_job_queue_wait_seconds_count{workflow=\"remove-background\"} 2\n",
            $"akkacomfy_job_execution_seconds_count{{comfyui_instance=\"{id}\",outcome=\"requeued\",workflow=\"remove-background\"}} 1\n",
            "akkacomfy_job_duration_seconds_count{outcome=\"completed\",workflow=\"remove-background\"} 1\n",
            $"akkacomfy_instance_circuit{{comfyui_instance=\"{id}\",state=\"closed\"}} 1\n",
            $"akkacomfy_instance_circuit{{comfyui_instance=\"{id}\",state=\"half_open\"}} 0\n",
            $"akkacomfy_instance_slots_limit{{comfyui_instance=\"{id}\"}} 2\n",
            "akkacomfy_job_pending 0\n",
            "akkacomfy_journal_available 1\n",
        ];
        var text = await service.MetricsTextAsync("text/plain", text =>
            Array.TrueForAll(expected, line => text.Contains(line, StringComparison.Ordinal)));

        Assert.Contains("akkacomfy_actor_mailbox_wait_seconds{actor=\"journal\"} ", text, StringComparison.Ordinal);
        Assert.Contains("akkacomfy_storage_available_bytes ", text, StringComparison.Ordinal);
        Assert.Contains("dotnet_gc_collections_total{", text, StringComparison.Ordinal);
        Assert.Contains("http_client_request_duration_seconds_bucket{", text, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(JsonElement body) => body.EnumerateObject().Select(member => member.Name);

    private static long Count(JsonElement body, string name) => body.GetProperty(name).GetInt64();
}

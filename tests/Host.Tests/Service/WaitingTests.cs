using System.Net;
using System.Text.Json;

namespace AkkaComfy.Host.Tests.Service;

public sealed class WaitingTests
{
    internal static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_running_job_has_no_result_yet_and_can_be_cancelled()
    {
        await using var service = await RunningService.StartAsync(Long);
        var id = await service.AcceptAsync();
        await service.UntilActiveAsync(1);

        using var early = await service.Http.GetAsync($"/api/jobs/{id}/result");
        using var output = await service.Http.GetAsync($"/api/jobs/{id}/outputs/0");
        using var cancel = await service.Http.PostAsync($"/api/jobs/{id}/cancel", null);
        var end = await service.EndOfAsync(id);
        using var result = await service.Http.GetAsync($"/api/jobs/{id}/result");

        Assert.Equal(HttpStatusCode.Accepted, early.StatusCode);
        Assert.NotNull(early.Headers.RetryAfter);
        Assert.Equal((HttpStatusCode.Conflict, "not_finished"), (output.StatusCode, await CodeAsync(output)));
        Assert.Equal(HttpStatusCode.Accepted, cancel.StatusCode);
        Assert.Equal("cancelled", Text(end, "status"));
        Assert.Equal((HttpStatusCode.Conflict, "cancelled"), (result.StatusCode, await CodeAsync(result)));
    }

    [Fact]
    public async Task A_sync_call_that_takes_too_long_learns_the_job_which_goes_on()
    {
        await using var service = await RunningService.StartAsync(Long, ("SYNC_TIMEOUT", "300"));
        using var form = Forms.Image(RepositoryFiles.Sample("cat.png"));

        using var response = await service.Http.PostAsync("/api/remove-background", form);

        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        var problem = await RunningService.JsonAsync(response);
        Assert.Equal("sync_timeout", Text(problem, "code"));
        var status = await service.GetAsync($"/api/jobs/{Text(problem, "job_id")}/status");
        Assert.Contains(Text(status, "status"), new[] { "pending", "processing" });
    }

    [Fact]
    public async Task A_client_who_hangs_up_on_a_sync_call_cancels_its_job()
    {
        await using var service = await RunningService.StartAsync(Long);
        using var form = Forms.Image(RepositoryFiles.Sample("cat.png"));
        using var hangUp = new CancellationTokenSource();
        var call = service.Http.PostAsync("/api/remove-background", form, hangUp.Token);
        await service.UntilActiveAsync(1);

        await hangUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await service.UntilActiveAsync(0);
    }

    [Fact]
    public async Task The_uptime_counts_from_the_start_and_not_from_the_first_look()
    {
        await using var service = await RunningService.StartAsync(TimeSpan.Zero);
        var start = TimeProvider.System.GetTimestamp();
        await service.Http.GetStringAsync("/health/live");
        var atLeast = TimeProvider.System.GetElapsedTime(start).TotalSeconds;

        using var health = await service.Http.GetAsync("/health");

        var uptime = (await RunningService.JsonAsync(health)).GetProperty("uptime_seconds").GetDouble();
        Assert.InRange(uptime, atLeast, 600);
    }

    [Fact]
    public async Task A_full_queue_refuses_with_a_time_to_come_back_and_keeps_what_others_uploaded()
    {
        await using var service = await RunningService.StartAsync(
            Long, ("MAX_QUEUE_LENGTH", "1"), ("MAX_CONCURRENT_JOBS", "1"));
        var running = await service.AcceptAsync();
        await service.UntilActiveAsync(1);
        await service.AcceptAsync();
        var stored = service.StoredFiles;
        using var form = Forms.Image(RepositoryFiles.Sample("cat.png"));
        using var other = Forms.Image(RepositoryFiles.Sample("coffee.png"));

        using var same = await service.Http.PostAsync("/api/async/remove-background", form);
        using var different = await service.Http.PostAsync("/api/async/remove-background", other);

        Assert.All([same, different], refused => Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode));
        Assert.Equal("queue_full", await CodeAsync(same));
        Assert.NotNull(same.Headers.RetryAfter);
        Assert.Equal(stored, service.StoredFiles);
        Assert.Equal("processing", Text(await service.GetAsync($"/api/jobs/{running}"), "status"));
    }

    [Fact]
    public async Task Without_a_healthy_instance_sync_is_refused_and_async_waits()
    {
        await using var service = await RunningService.StartAsync(
            TimeSpan.Zero, ("COMFYUI_HOSTS", "127.0.0.1:9"), ("HEALTH_CHECK_INTERVAL", "100"));
        await service.UntilAsync("/health", health => Text(health, "status") == "critical");
        using var form = Forms.Image(RepositoryFiles.Sample("cat.png"));

        using var sync = await service.Http.PostAsync("/api/remove-background", form);
        var waiting = await service.AcceptAsync();
        using var health = await service.Http.GetAsync("/health");
        using var ready = await service.Http.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, sync.StatusCode);
        Assert.Equal("no_healthy_instance", await CodeAsync(sync));
        Assert.NotNull(sync.Headers.RetryAfter);
        var status = await service.GetAsync($"/api/jobs/{waiting}");
        Assert.Equal(("pending", 1), (Text(status, "status"), status.GetProperty("queue_position").GetInt32()));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
    }

    [Fact]
    public async Task A_service_told_to_stop_refuses_new_jobs_and_lets_running_ones_finish()
    {
        await using var service = await RunningService.StartAsync(TimeSpan.FromSeconds(2), ("SHUTDOWN_GRACE", "60000"));
        using var form = Forms.Image(RepositoryFiles.Sample("cat.png"));
        var call = service.Http.PostAsync("/api/remove-background", form);
        await service.UntilActiveAsync(1);

        var stopping = service.StopAsync();
        await service.UntilAsync("/health/ready", ready => Text(ready, "status") == "not_ready");
        using var late = Forms.Image(RepositoryFiles.Sample("cat.png"));
        using var refused = await service.Http.PostAsync("/api/async/remove-background", late);
        using var finished = await call;
        await stopping;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("shutting_down", await CodeAsync(refused));
        Assert.Equal(HttpStatusCode.OK, finished.StatusCode);
    }

    [Fact]
    public async Task An_expired_result_is_gone_and_so_are_its_files()
    {
        await using var service = await RunningService.StartAsync(
            TimeSpan.Zero, ("JOB_TIMEOUT", "1000"), ("JOB_PROCESSING_INTERVAL", "50"));
        var id = await service.AcceptAsync();
        await service.EndOfAsync(id);

        var gone = await service.UntilAsync($"/api/jobs/{id}/result", result => result.TryGetProperty("code", out _));

        Assert.Equal("expired", Text(gone, "code"));
        using var output = await service.Http.GetAsync($"/api/jobs/{id}/outputs/0");
        Assert.Equal(HttpStatusCode.Gone, output.StatusCode);
        await service.UntilAsync("/health", _ => service.StoredFiles == 0);
    }

    private static string? Text(JsonElement body, string name) => body.GetProperty(name).GetString();

    private static async Task<string?> CodeAsync(HttpResponseMessage response) =>
        Text(await RunningService.JsonAsync(response), "code");
}

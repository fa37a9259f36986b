using System.Net;
using System.Text.Json;

namespace AkkaComfy.Host.Tests.Service;

public sealed class EndingTests
{
    [Fact]
    public async Task A_job_that_waits_longer_than_it_may_fails_and_the_running_one_goes_on()
    {
        await using var service = await RunningService.StartAsync(
            WaitingTests.Long, ("MAX_CONCURRENT_JOBS", "1"), ("MAX_QUEUE_TIME", "300"), ("JOB_PROCESSING_INTERVAL", "50"));
        var running = await service.AcceptAsync();
        await service.UntilActiveAsync(1);
        var waiting = service.SubmitAsync("/api/remove-background");

        using var sync = await waiting;

        var problem = await RunningService.JsonAsync(sync);
        Assert.Equal((HttpStatusCode.GatewayTimeout, "queue_timeout"), (sync.StatusCode, Text(problem, "code")));
        Assert.Contains("MAX_QUEUE_TIME is 300 ms", Text(problem, "error"), StringComparison.Ordinal);
        using var result = await service.Http.GetAsync($"/api/jobs/{Text(problem, "job_id")}/result");
        Assert.Equal(HttpStatusCode.GatewayTimeout, result.StatusCode);
        var info = await service.GetAsync($"/api/jobs/{Text(problem, "job_id")}/info");
        Assert.Equal(("failed", 0), (Text(info, "status"), info.GetProperty("attempts").GetArrayLength()));
        Assert.Equal("processing", Text(await service.GetAsync($"/api/jobs/{running}"), "status"));
    }

    [Fact]
    public async Task A_full_queue_s_time_to_come_back_is_measured_once_something_was()
    {
        await using var service = await RunningService.StartAsync(
            TimeSpan.FromSeconds(1), ("MAX_QUEUE_LENGTH", "1"), ("MAX_CONCURRENT_JOBS", "1"));
        var measured = await service.EndOfAsync(await service.AcceptAsync());
        using var running = await service.SubmitAsync("/api/async/remove-background", sample: "coffee.png");
        await service.UntilActiveAsync(1);
        using var waiting = await service.SubmitAsync("/api/async/remove-background", sample: "coffee.png");

        using var full = await service.SubmitAsync("/api/async/remove-background");

        Assert.Equal(HttpStatusCode.TooManyRequests, full.StatusCode);
        Assert.Equal(
            Math.Ceiling(measured.GetProperty("processing_time_seconds").GetDouble()),
            full.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
    }

    [Fact]
    public async Task Outputs_are_also_saved_as_files_for_people()
    {
        await using var service = await RunningService.StartAsync(TimeSpan.Zero, ("OUTPUT_FILES", "true"));
        var id = await service.AcceptAsync();
        await service.EndOfAsync(id);

        await service.UntilAsync("/health/live", _ => service.OutputFiles is [var name, ..] && !name.StartsWith('.'));

        var file = Assert.Single(service.OutputFiles);
        Assert.StartsWith($"{id}-0-", file, StringComparison.Ordinal);
        Assert.EndsWith(".png", file, StringComparison.Ordinal);
        Assert.Equal(
            await service.Http.GetByteArrayAsync($"/api/jobs/{id}/outputs/0"),
            await File.ReadAllBytesAsync(Path.Combine(service.OutputDirectory, file)));
    }

    [Fact]
    public async Task A_job_whose_outputs_cannot_be_saved_is_completed_all_the_same()
    {
        await using var service = await RunningService.StartAsync(
            TimeSpan.Zero, ("OUTPUT_FILES", "true"), ("LOG_LEVEL", "error"));
        await File.WriteAllTextAsync(service.OutputDirectory, "A file stands where the folder should.");

        var end = await service.EndOfAsync(await service.AcceptAsync());

        Assert.Equal("completed", Text(end, "status"));
    }

    private static string? Text(JsonElement body, string name) => body.GetProperty(name).GetString();
}

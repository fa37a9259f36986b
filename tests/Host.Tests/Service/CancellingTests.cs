using System.Net;
using System.Text;
using System.Text.Json;

namespace AkkaComfy.Host.Tests.Service;

/// <summary>Cancelling a job wherever it is, against an instance that runs it.</summary>
public sealed class CancellingTests
{
    [Fact]
    public async Task A_job_far_back_in_the_queue_never_starts()
    {
        // More than the window holds: the last ones only the store knows.
        const int queue = 70;
        await using var service = await RunningService.StartAsync(WaitingTests.Long, ("MAX_CONCURRENT_JOBS", "1"));
        await service.AcceptAsync();
        await service.UntilActiveAsync(1);
        var waiting = await Task.WhenAll(Enumerable.Range(0, queue).Select(_ => service.AcceptAsync()));
        var last = (await service.GetAsync("/api/jobs/list?status=pending&limit=1")).GetProperty("jobs")[0];
        Assert.Equal(queue, last.GetProperty("queue_position").GetInt32());

        await CancelAsync(service, Text(last, "job_id")!);

        var end = await service.GetAsync($"/api/jobs/{Text(last, "job_id")}/info");
        Assert.Equal(("cancelled", 0), (Text(end, "status"), end.GetProperty("attempts").GetArrayLength()));
        var stats = (await service.GetAsync("/api/jobs/stats")).GetProperty("by_status");
        Assert.Equal((waiting.Length - 1, 1), (Count(stats, "pending"), Count(stats, "cancelled")));
    }

    [Fact]
    public async Task A_job_that_waits_on_its_instance_leaves_that_queue_and_the_one_before_it_runs_on()
    {
        await using var service = await RunningService.StartAsync(WaitingTests.Long);
        var running = await RunningAsync(service);
        var queued = await service.AcceptAsync();
        await service.UntilAsync($"/api/jobs/{queued}", job => Text(job, "status") == "processing");
        await UntilQueuedAsync(service, 1);

        await CancelAsync(service, queued);

        Assert.Equal("cancelled", Text(await service.EndOfAsync(queued), "status"));
        await UntilQueuedAsync(service, 0);
        Assert.Equal("processing", Text(await service.GetAsync($"/api/jobs/{running}"), "status"));
        var attempt = (await service.GetAsync($"/api/jobs/{queued}/info")).GetProperty("attempts")[0];
        Assert.Equal(("cancelled", JsonValueKind.Null), (Text(attempt, "outcome"), attempt.GetProperty("started_at").ValueKind));
    }

    [Fact]
    public async Task A_job_in_its_last_node_ends_either_way_once_and_leaves_its_instance_free()
    {
        await using var service = await RunningService.StartAsync(TimeSpan.FromSeconds(1));
        var id = await service.AcceptAsync();
        await service.UntilAsync($"/api/jobs/{id}", job =>
            Text(job, "status") == "completed"
            || (job.GetProperty("current_node") is { ValueKind: JsonValueKind.Object } node && Text(node, "id") == "3"));

        using var cancel = await service.Http.PostAsync($"/api/jobs/{id}/cancel", null);
        var end = Text(await service.EndOfAsync(id), "status");

        Assert.Contains(cancel.StatusCode, new[] { HttpStatusCode.Accepted, HttpStatusCode.Conflict });
        using var result = await service.Http.GetAsync($"/api/jobs/{id}/result");
        Assert.Equal(end == "completed" ? HttpStatusCode.OK : HttpStatusCode.Conflict, result.StatusCode);
        Assert.Contains(end, new[] { "completed", "cancelled" });
        await service.UntilActiveAsync(0);
        await service.EndOfAsync(await service.AcceptAsync());
    }

    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    public async Task An_interrupt_that_is_lost_is_sent_again(string when)
    {
        await using var service = await RunningService.StartAsync(WaitingTests.Long);
        var id = await RunningAsync(service);
        using var plan = new StringContent(
            $$"""{"rules":[{"fault":"http_error","route":"/interrupt","when":"{{when}}","times":2}]}""",
            Encoding.UTF8, "application/json");
        using var planned = await service.Http.PutAsync(await InstanceAsync(service, "/emulator/faults"), plan);
        Assert.Equal(HttpStatusCode.OK, planned.StatusCode);

        await CancelAsync(service, id);

        Assert.Equal("cancelled", Text(await service.EndOfAsync(id), "status"));
        var counts = await service.GetAsync(await InstanceAsync(service, "/emulator/faults"));
        Assert.InRange(counts.GetProperty("counts")[0].GetProperty("struck").GetInt32(), 1, 2);
    }

    private static async Task CancelAsync(RunningService service, string id)
    {
        using var response = await service.Http.PostAsync($"/api/jobs/{id}/cancel", null);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    private static async Task<string> RunningAsync(RunningService service)
    {
        var id = await service.AcceptAsync();
        await service.UntilAsync($"/api/jobs/{id}", job => job.GetProperty("started_at").ValueKind == JsonValueKind.String);
        return id;
    }

    private static async Task UntilQueuedAsync(RunningService service, int prompts) => await service.UntilAsync(
        await InstanceAsync(service, "/queue"), queue => queue.GetProperty("queue_pending").GetArrayLength() == prompts);

    /// <summary>An address on the instance itself.</summary>
    private static async Task<string> InstanceAsync(RunningService service, string path)
    {
        var instance = (await service.GetAsync("/api/instances")).GetProperty("instances")[0];
        return $"http://{Text(instance, "host")}{path}";
    }

    private static int Count(JsonElement counts, string name) => counts.GetProperty(name).GetInt32();

    private static string? Text(JsonElement body, string name) => body.GetProperty(name).GetString();
}

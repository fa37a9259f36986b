using System.Net;

namespace AkkaComfy.Host.Tests.Service;

/// <summary>The stream of all jobs and instances.</summary>
public sealed class AllEventTests
{
    [Fact]
    public async Task It_begins_with_how_things_are_and_goes_on_with_what_happens()
    {
        await using var service = await RunningService.StartAsync(WaitingTests.Long, ("MAX_CONCURRENT_JOBS", "1"));
        var running = await service.AcceptAsync();
        await UntilStartedAsync(service, running);
        await using var stream = await EventListener.OpenAsync(service.Http, "/api/events");
        var first = await stream.UntilAsync(said => said.Event == "status");

        var waiting = await service.AcceptAsync();
        using var cancel = await service.Http.PostAsync($"/api/jobs/{waiting}/cancel", null);
        var then = await stream.UntilAsync(said => said.Event == "cancelled");
        using var drain = await service.Http.PostAsync($"/api/instances/{first[1]["id"]}/drain", null);
        await stream.UntilAsync(said => said.Event == "instance" && said["state"] == "draining");
        using var delete = await service.Http.DeleteAsync($"/api/jobs/{waiting}");
        var removed = (await stream.UntilAsync(said => said.Event == "removed"))[^1];

        Assert.Equal(("reset", "connected"), (first[0].Event, first[0]["reason"]));
        Assert.Equal("up", first[1]["state"]);
        Assert.Equal((running, "processing"), (first[^1]["job_id"], first[^1]["status"]));
        Assert.Equal(["pending", "cancelled"], StatusesOf(then, waiting));
        Assert.Equal((waiting, "deleted"), (removed["job_id"], removed["reason"]));
    }

    [Fact]
    public async Task Who_comes_back_hears_exactly_what_it_missed()
    {
        await using var service = await RunningService.StartAsync(WaitingTests.Long, ("MAX_CONCURRENT_JOBS", "1"));
        await UntilStartedAsync(service, await service.AcceptAsync());
        string last;
        string first;
        await using (var stream = await EventListener.OpenAsync(service.Http, "/api/events"))
        {
            first = await service.AcceptAsync();
            last = (await stream.UntilAsync(said => said.Event == "status" && said["job_id"] == first))[^1].Id;
        }

        using var cancel = await service.Http.PostAsync($"/api/jobs/{first}/cancel", null);
        var second = await service.AcceptAsync();
        await using var again = await EventListener.OpenAsync(service.Http, "/api/events", last);
        var missed = await again.UntilAsync(said => said.Event == "instance");

        var jobs = missed.SkipLast(1).ToList();
        Assert.Equal(
            [("cancelled", first), ("status", second)], jobs.Select(said => (said.Event, said["job_id"])));
        Assert.Equal(2, jobs.Select(said => said.Id).Distinct().Count());
    }

    [Fact]
    public async Task Who_comes_back_to_another_process_begins_anew()
    {
        await using var service = await RunningService.StartAsync();

        await using var stream = await EventListener.OpenAsync(service.Http, "/api/events", "0a1b2c3d-17");
        var reset = (await stream.NextAsync())!;
        using var bad = await EventListener.AskAsync(service.Http, "/api/events", "17");

        Assert.Equal(("reset", "restarted"), (reset.Event, reset["reason"]));
        Assert.NotEqual("0a1b2c3d", reset.Id.Split('-')[0]);
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
    }

    [Fact]
    public async Task A_filter_by_workflow_or_instance_leaves_the_rest_out()
    {
        await using var service = await RunningService.StartAsync();
        await using var upscaled = await EventListener.OpenAsync(service.Http, "/api/events?type=upscale-image");
        await using var elsewhere = await EventListener.OpenAsync(service.Http, "/api/events?instance=elsewhere:1");

        var other = await service.AcceptAsync();
        await service.EndOfAsync(other);
        var wanted = await service.AcceptAsync("upscale-image");
        var heard = await upscaled.UntilAsync(said => said.Event == "completed");
        await service.StopAsync();

        Assert.Contains(heard, said => said.Event == "instance");
        Assert.Empty(StatusesOf(heard, other));
        Assert.Equal("completed", StatusesOf(heard, wanted)[^1]);
        Assert.Equal("reset", Assert.Single(await elsewhere.RestAsync()).Event);
    }

    private static Task UntilStartedAsync(RunningService service, string job) => service.UntilAsync(
        $"/api/jobs/{job}", status => status.GetProperty("started_at").ToString().Length > 0);

    private static List<string> StatusesOf(IEnumerable<HeardEvent> heard, string job) =>
        [.. heard.Where(said => said.Event is not ("instance" or "reset") && said["job_id"] == job).Select(said => said["status"])];
}

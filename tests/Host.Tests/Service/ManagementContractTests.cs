using System.Net;
using System.Text.Json;

namespace AkkaComfy.Host.Tests.Service;

public sealed class ManagementContractTests
{
    [Fact]
    public async Task The_jobs_are_counted_by_status_type_and_instance()
    {
        await using var service = await RunningService.StartAsync();
        await service.EndOfAsync(await service.AcceptAsync());
        await service.EndOfAsync(await service.AcceptAsync("upscale-image"));
        await service.EndOfAsync(await service.AcceptAsync("upscale-image"));

        var stats = await service.GetAsync("/api/jobs/stats");

        var instance = (await service.GetAsync("/api/instances")).GetProperty("instances")[0];
        Assert.Equal(
            """
            {"total":3,"by_status":{"pending":0,"processing":0,"completed":3,"failed":0,"cancelled":0},
            "by_type":{"remove-background":1,"upscale-image":2},"by_instance":{"ID":3}}
            """.ReplaceLineEndings("").Replace("ID", Text(instance, "id"), StringComparison.Ordinal),
            stats.ToString());
    }

    [Fact]
    public async Task Jobs_are_listed_newest_first_filtered_and_page_by_page()
    {
        await using var service = await RunningService.StartAsync(WaitingTests.Long, ("MAX_CONCURRENT_JOBS", "1"));
        var first = await service.AcceptAsync();
        await service.UntilActiveAsync(1);
        var second = await service.AcceptAsync("upscale-image");
        var third = await service.AcceptAsync();
        var host = Text((await service.GetAsync("/api/instances")).GetProperty("instances")[0], "host");

        var page = await service.GetAsync("/api/jobs/list?limit=2");
        var rest = await service.GetAsync($"/api/jobs/list?limit=2&cursor={Text(page, "next_cursor")}");

        Assert.Equal(["jobs", "total", "next_cursor"], page.EnumerateObject().Select(member => member.Name));
        Assert.Equal([third, second], Ids(page));
        Assert.Equal([first], Ids(rest));
        Assert.Equal((3, JsonValueKind.Null), (page.GetProperty("total").GetInt32(), rest.GetProperty("next_cursor").ValueKind));
        Assert.Equal(
            [2, 1], page.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("queue_position").GetInt32()));
        Assert.Equal((await service.GetAsync($"/api/jobs/{second}")).ToString(), page.GetProperty("jobs")[1].ToString());
        Assert.Equal([third], Ids(await service.GetAsync("/api/jobs/list?status=pending&type=remove-background")));
        Assert.Equal([first], Ids(await service.GetAsync($"/api/jobs/list?instance={host}&status=processing&type=")));
        Assert.Empty(Ids(await service.GetAsync("/api/jobs/list?instance=elsewhere:1")));
        Assert.Empty(Ids(await service.GetAsync("/api/jobs/list?type=make-coffee")));
    }

    [Fact]
    public async Task One_job_is_told_in_full_without_its_bytes()
    {
        await using var service = await RunningService.StartAsync();
        var id = await service.AcceptAsync();
        var status = await service.EndOfAsync(id);

        var info = await service.GetAsync($"/api/jobs/{id}/info");

        var names = info.EnumerateObject().Select(member => member.Name).ToList();
        Assert.Equal(status.EnumerateObject().Select(member => member.Name), names.SkipLast(6));
        Assert.Equal(
            ["priority", "cancel_requested", "expires_at", "inputs", "attempts", "outputs"], names.TakeLast(6));
        var image = info.GetProperty("inputs").GetProperty("imageFile");
        Assert.Equal(
            ["type", "media_type", "size", "width", "height", "sha256"],
            image.EnumerateObject().Select(member => member.Name));
        Assert.Equal(RepositoryFiles.Sample("cat.png").Length, image.GetProperty("size").GetInt32());
        var attempt = Assert.Single(info.GetProperty("attempts").EnumerateArray());
        Assert.Equal(
            ["number", "instance", "prompt_id", "dispatched_at", "started_at", "ended_at", "outcome", "fault"],
            attempt.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("completed", Text(status, "comfyui_instance")), (Text(attempt, "outcome"), Text(attempt, "instance")));
        Assert.Equal($"/api/jobs/{id}/outputs/0", Text(info.GetProperty("outputs")[0], "url"));
        Assert.Equal(
            TimeSpan.FromMinutes(5),
            info.GetProperty("expires_at").GetDateTime() - info.GetProperty("completed_at").GetDateTime());
    }

    [Fact]
    public async Task A_failed_job_s_attempt_says_why()
    {
        await using var service = await RunningService.StartAsync();
        using var form = Forms.Image(Uploads.ImageFiles.Png(20, 20));
        using var response = await service.Http.PostAsync("/api/remove-background", form);
        var id = Text(await RunningService.JsonAsync(response), "job_id");

        var attempt = (await service.GetAsync($"/api/jobs/{id}/info")).GetProperty("attempts")[0];

        Assert.Equal("failed", Text(attempt, "outcome"));
        Assert.Equal("client", Text(attempt.GetProperty("fault"), "blame"));
        Assert.NotEqual("", Text(attempt.GetProperty("fault"), "message"));
    }

    [Fact]
    public async Task A_deleted_job_is_gone_with_its_files()
    {
        await using var service = await RunningService.StartAsync();
        var id = await service.AcceptAsync();
        await service.EndOfAsync(id);

        using var response = await service.Http.DeleteAsync($"/api/jobs/{id}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains(id, Text(await RunningService.JsonAsync(response), "message"), StringComparison.Ordinal);
        Assert.Equal(0, service.StoredFiles);
        Assert.Empty(Ids(await service.GetAsync("/api/jobs/list")));
        foreach (var route in new[] { "", "/status", "/info", "/result", "/outputs/0" })
        {
            using var gone = await service.Http.GetAsync($"/api/jobs/{id}{route}");
            Assert.Equal((route, HttpStatusCode.NotFound), (route, gone.StatusCode));
        }

        using var again = await service.Http.DeleteAsync($"/api/jobs/{id}");
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task A_running_job_and_a_waiting_one_are_cancelled_and_then_deleted()
    {
        await using var service = await RunningService.StartAsync(WaitingTests.Long, ("MAX_CONCURRENT_JOBS", "1"));
        var running = await service.AcceptAsync();
        await service.UntilActiveAsync(1);
        var waiting = await service.AcceptAsync();

        using var first = await service.Http.DeleteAsync($"/api/jobs/{waiting}");
        using var second = await service.Http.DeleteAsync($"/api/jobs/{running}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal(0, (await service.GetAsync("/api/jobs/stats")).GetProperty("total").GetInt32());
        Assert.Equal(0, service.StoredFiles);
        await service.UntilActiveAsync(0);
    }

    [Fact]
    public async Task A_cleanup_expires_all_that_has_ended_and_nothing_else()
    {
        await using var service = await RunningService.StartAsync(
            WaitingTests.Long, ("MAX_CONCURRENT_JOBS", "1"), ("JOB_PROCESSING_INTERVAL", "3600000"));
        var running = await service.AcceptAsync();
        await service.UntilActiveAsync(1);
        var cancelled = await service.AcceptAsync();
        using var cancel = await service.Http.PostAsync($"/api/jobs/{cancelled}/cancel", null);

        var first = await CleanUpAsync(service);
        var second = await CleanUpAsync(service);

        Assert.Equal(["message", "cleaned_count"], first.EnumerateObject().Select(member => member.Name));
        Assert.Equal((1, 0), (first.GetProperty("cleaned_count").GetInt32(), second.GetProperty("cleaned_count").GetInt32()));
        Assert.Equal("1 ended job is cleaned up.", Text(first, "message"));
        using var gone = await service.Http.GetAsync($"/api/jobs/{cancelled}/result");
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        Assert.Equal([running], Ids(await service.GetAsync("/api/jobs/list")));
        using var late = await service.Http.PostAsync($"/api/jobs/{cancelled}/cancel", null);
        Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
    }

    private static async Task<JsonElement> CleanUpAsync(RunningService service)
    {
        using var response = await service.Http.PostAsync("/api/jobs/cleanup", null);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await RunningService.JsonAsync(response);
    }

    private static IEnumerable<string?> Ids(JsonElement page) =>
        page.GetProperty("jobs").EnumerateArray().Select(job => Text(job, "job_id"));

    private static string? Text(JsonElement body, string name) => body.GetProperty(name).GetString();
}

using System.Net;
using System.Text.Json;

namespace AkkaComfy.Host.Tests.Service;

public sealed class LongPollTests
{
    [Fact]
    public async Task A_status_with_a_wait_comes_when_the_job_has_changed()
    {
        await using var service = await RunningService.StartAsync(WaitingTests.Long, ("MAX_CONCURRENT_JOBS", "1"));
        var running = await service.AcceptAsync();
        await service.UntilActiveAsync(1);
        var waiting = await service.AcceptAsync();
        var version = (await service.GetAsync($"/api/jobs/{waiting}")).GetProperty("version").GetInt32();

        var polls = Enumerable.Range(0, 20)
            .Select(_ => service.GetAsync($"/api/jobs/{waiting}/status?wait=60&since={version}")).ToList();
        using var cancel = await service.Http.PostAsync($"/api/jobs/{waiting}/cancel", null);

        foreach (var news in await Task.WhenAll(polls))
        {
            Assert.Equal("cancelled", news.GetProperty("status").GetString());
            Assert.True(news.GetProperty("version").GetInt32() > version);
        }

        Assert.Equal("processing", (await service.GetAsync($"/api/jobs/{running}")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task What_the_client_does_not_know_yet_comes_at_once_and_so_does_the_end()
    {
        await using var service = await RunningService.StartAsync();
        var id = await service.AcceptAsync();
        var end = await service.EndOfAsync(id);

        var old = await service.GetAsync($"/api/jobs/{id}?wait=60&since=0");
        var known = await service.GetAsync($"/api/jobs/{id}?wait=60&since={end.GetProperty("version")}");

        Assert.Equal(end.ToString(), old.ToString());
        Assert.Equal(end.ToString(), known.ToString());
    }

    [Fact]
    public async Task Following_by_long_polls_alone_leads_to_the_end_through_growing_versions()
    {
        await using var service = await RunningService.StartAsync();
        var id = await service.AcceptAsync();
        var (status, version) = ("pending", 0);

        while (status is "pending" or "processing")
        {
            var news = await service.GetAsync($"/api/jobs/{id}/status?wait=60&since={version}");
            Assert.True(news.GetProperty("version").GetInt32() > version);
            (status, version) = (news.GetProperty("status").GetString()!, news.GetProperty("version").GetInt32());
        }

        Assert.Equal("completed", status);
    }

    [Fact]
    public async Task Without_news_the_status_comes_when_the_wait_is_over()
    {
        await using var service = await RunningService.StartAsync(WaitingTests.Long);
        var id = await service.AcceptAsync();
        await service.UntilAsync($"/api/jobs/{id}", status => status.GetProperty("started_at").ValueKind != JsonValueKind.Null);
        var start = TimeProvider.System.GetTimestamp();

        var news = await service.GetAsync($"/api/jobs/{id}?wait=0.5");

        Assert.Equal("processing", news.GetProperty("status").GetString());
        Assert.InRange(TimeProvider.System.GetElapsedTime(start).TotalSeconds, 0.45, 30);
    }

    [Fact]
    public async Task Who_waits_for_news_is_answered_when_the_service_stops()
    {
        await using var service = await RunningService.StartAsync(WaitingTests.Long, ("SHUTDOWN_GRACE", "3000"));
        var id = await service.AcceptAsync();
        await service.UntilAsync($"/api/jobs/{id}", status => status.GetProperty("started_at").ValueKind != JsonValueKind.Null);
        var poll = service.Http.GetAsync($"/api/jobs/{id}?wait=60");
        await service.GetAsync("/health/live");

        var stopping = service.StopAsync();
        using var answer = await poll;

        Assert.False(stopping.IsCompleted);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("processing", (await RunningService.JsonAsync(answer)).GetProperty("status").GetString());
        await stopping;
    }
}

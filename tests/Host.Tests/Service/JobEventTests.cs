using System.Globalization;
using System.Net;
using System.Text.Json;
using AkkaComfy.Actors.Supervisor;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Tests.Service;

/// <summary>The stream of events of one job.</summary>
public sealed class JobEventTests
{
    /// <summary>Twenty seconds, an interrupt is noticed at once.</summary>
    private static readonly (string, string)[] Slow = [("seconds", "20"), ("steps", "400")];

    [Fact]
    public async Task A_job_is_followed_from_its_submission_to_its_end_with_which_the_stream_ends()
    {
        await using var service = await RunningService.StartAsync(TimeSpan.FromMilliseconds(100));
        using var accepted = await service.SubmitAsync("/api/async/remove-background");
        var body = await RunningService.JsonAsync(accepted);

        await using var stream = await EventListener.OpenAsync(service.Http, body.GetProperty("events_url").GetString()!);
        var heard = await stream.RestAsync();

        Assert.Equal($"/api/jobs/{body.GetProperty("job_id")}/events", body.GetProperty("events_url").GetString());
        Assert.Equal("status", heard[0].Event);
        Assert.Contains(heard, said => said.Event == "progress");
        Assert.Equal("completed", Assert.Single(heard, said => said.Event is not ("status" or "progress")).Event);
        var end = heard[^1];
        Assert.Equal(("completed", "completed", "100"), (end.Event, end["status"], end["progress_percentage"]));
        AssertNeverBack(heard);
        var status = await service.GetAsync($"/api/jobs/{end["job_id"]}");
        Assert.Equal(status.ToString(), end.Data.ToString());
    }

    [Fact]
    public async Task No_proxy_may_keep_change_or_gather_up_a_stream()
    {
        await using var service = await RunningService.StartAsync(WaitingTests.Long);

        await using var stream = await EventListener.OpenAsync(
            service.Http, $"/api/jobs/{await service.AcceptAsync()}/events");

        var (headers, content) = (stream.Response.Headers, stream.Response.Content.Headers);
        Assert.Equal("text/event-stream", content.ContentType!.ToString());
        Assert.True(headers.CacheControl!.NoStore);
        Assert.True(headers.CacheControl.NoTransform);
        Assert.Equal("no", Assert.Single(headers.GetValues("X-Accel-Buffering")));
        Assert.Empty(content.ContentEncoding);
    }

    [Fact]
    public async Task An_ended_job_s_stream_is_its_end_and_who_knows_that_is_told_not_to_come_back()
    {
        await using var service = await RunningService.StartAsync();
        var id = await service.AcceptAsync();
        await service.EndOfAsync(id);

        await using var stream = await EventListener.OpenAsync(service.Http, $"/api/jobs/{id}/events");
        var end = Assert.Single(await stream.RestAsync());
        using var again = await EventListener.AskAsync(service.Http, $"/api/jobs/{id}/events", end.Id);

        Assert.Equal("completed", end.Event);
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
    }

    [Fact]
    public async Task A_failure_and_a_cancel_end_the_stream_under_their_own_names()
    {
        using var workflow = new ProbeWorkflow();
        await using var service = await RunningService.StartAsync(variables: workflow.Setting);
        var failing = await ProbeWorkflow.AcceptAsync(service, ("fail_at", "2"));
        await using var failure = await EventListener.OpenAsync(service.Http, $"/api/jobs/{failing}/events");
        var failed = (await failure.RestAsync())[^1];
        var running = await ProbeWorkflow.AcceptAsync(service, Slow);
        await using var stream = await EventListener.OpenAsync(service.Http, $"/api/jobs/{running}/events");
        await stream.UntilAsync(said => said.Event == "progress");

        using var cancel = await service.Http.PostAsync($"/api/jobs/{running}/cancel", null);
        var cancelled = (await stream.RestAsync())[^1];

        Assert.Equal(("failed", "failed"), (failed.Event, failed["status"]));
        Assert.NotEmpty(failed["error_code"]);
        Assert.Equal(("cancelled", "cancelled"), (cancelled.Event, cancelled["status"]));
    }

    [Fact]
    public async Task Who_comes_back_hears_what_is_news_to_it_and_nothing_twice()
    {
        using var workflow = new ProbeWorkflow();
        await using var service = await RunningService.StartAsync(variables: workflow.Setting);
        var id = await ProbeWorkflow.AcceptAsync(service, Slow);
        string known;
        await using (var first = await EventListener.OpenAsync(service.Http, $"/api/jobs/{id}/events"))
        {
            await first.UntilAsync(said => said.Event == "status" && said["started_at"].Length > 0);
            known = (await first.UntilAsync(said => said.Event == "progress"))[^1].Id;
        }

        await using var second = await EventListener.OpenAsync(service.Http, $"/api/jobs/{id}/events", known);
        Assert.Equal("progress", (await second.NextAsync())!.Event);
        using var cancel = await service.Http.PostAsync($"/api/jobs/{id}/cancel", null);
        var heard = await second.RestAsync();

        Assert.All(
            heard.Where(said => said.Event == "status"), said => Assert.True(Number(said.Id) > Number(known)));
        Assert.Equal("cancelled", heard[^1].Event);
    }

    [Fact]
    public async Task Previews_come_to_who_asks_for_them_and_to_nobody_else()
    {
        using var workflow = new ProbeWorkflow();
        await using var service = await RunningService.StartAsync(variables: workflow.Setting);
        var id = await ProbeWorkflow.AcceptAsync(service, Slow);
        await using var with = await EventListener.OpenAsync(service.Http, $"/api/jobs/{id}/events?previews=true");
        await using var without = await EventListener.OpenAsync(service.Http, $"/api/jobs/{id}/events");

        var preview = (await with.UntilAsync(said => said.Event == "preview"))[^1];
        var others = await without.UntilAsync(said => said.Event == "progress");
        using var cancel = await service.Http.PostAsync($"/api/jobs/{id}/cancel", null);
        others.AddRange(await without.RestAsync());

        Assert.Equal((id, "image/jpeg", "1"), (preview["job_id"], preview["media_type"], preview["attempt"]));
        var image = Convert.FromBase64String(preview["image_base64"]["data:image/jpeg;base64,".Length..]);
        Assert.Equal([0xFF, 0xD8], image[..2]);
        Assert.DoesNotContain(others, said => said.Event == "preview");
    }

    [Fact]
    public async Task Unknown_and_expired_jobs_and_bad_questions_have_no_stream()
    {
        await using var service = await RunningService.StartAsync();
        var id = await service.AcceptAsync();
        await service.EndOfAsync(id);
        using var cleanup = await service.Http.PostAsync("/api/jobs/cleanup", null);

        await AssertProblemAsync(HttpStatusCode.Gone, "expired", $"/api/jobs/{id}/events");
        await AssertProblemAsync(HttpStatusCode.NotFound, "unknown_job", $"/api/jobs/{Guid.CreateVersion7()}/events");
        await AssertProblemAsync(HttpStatusCode.BadRequest, "invalid_query", $"/api/jobs/{id}/events?previews=some");
        await AssertProblemAsync(HttpStatusCode.BadRequest, "invalid_last_event_id", $"/api/jobs/{id}/events", "x");

        async Task AssertProblemAsync(HttpStatusCode status, string code, string path, string? lastId = null)
        {
            using var answer = await EventListener.AskAsync(service.Http, path, lastId);
            Assert.Equal((status, code), (answer.StatusCode, (await RunningService.JsonAsync(answer)).GetProperty("code").GetString()));
        }
    }

    [Fact]
    public async Task One_listener_too_many_is_told_when_to_come_back_and_may_once_another_has_left()
    {
        await using var service = await RunningService.StartAsync(WaitingTests.Long, ("MAX_EVENT_LISTENERS", "1"));
        var path = $"/api/jobs/{await service.AcceptAsync()}/events";
        var first = await EventListener.OpenAsync(service.Http, path);

        using (var refused = await EventListener.AskAsync(service.Http, path))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            Assert.Contains(
                "MAX_EVENT_LISTENERS is 1", (await RunningService.JsonAsync(refused)).GetProperty("error").GetString(),
                StringComparison.Ordinal);
        }

        await first.DisposeAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var status = HttpStatusCode.ServiceUnavailable;
        while (status == HttpStatusCode.ServiceUnavailable)
        {
            limit.Token.ThrowIfCancellationRequested();
            using var again = await EventListener.AskAsync(service.Http, path);
            status = again.StatusCode;
        }

        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task A_stream_goes_on_over_restarts_of_the_supervisor_and_of_the_hub()
    {
        using var workflow = new ProbeWorkflow();
        await using var service = await RunningService.StartAsync(variables: workflow.Setting);
        var id = await ProbeWorkflow.AcceptAsync(service, Slow);
        await using var stream = await EventListener.OpenAsync(service.Http, $"/api/jobs/{id}/events");
        await using var all = await EventListener.OpenAsync(service.Http, "/api/events");
        await stream.UntilAsync(said => said.Event == "progress");

        // Neither can make anything of a message without content.
        service.Actors.EventStream.Publish(new LiveEvents.InstanceChanged(null!, default));
        var restarted = await all.UntilAsync(said => said.Event == "reset" && said["reason"] == "restarted");
        await stream.UntilAsync(said => said.Event == "progress");
        service.Actor<JobSupervisor>().Tell(new Instances.Changed(null!), Akka.Actor.ActorRefs.NoSender);
        var recovered = await all.UntilAsync(said => said.Event == "reset" && said["reason"] == "recovered");
        using var cancel = await service.Http.PostAsync($"/api/jobs/{id}/cancel", null);
        var rest = await stream.RestAsync();

        Assert.Equal("cancelled", rest[^1].Event);
        Assert.Equal(restarted[^1].Id.Split('-')[0], recovered[^1].Id.Split('-')[0]);
        await all.UntilAsync(said => said.Event == "cancelled" && said["job_id"] == id);
    }

    [Fact]
    public async Task A_stream_is_ended_when_the_service_leaves_and_not_before()
    {
        using var workflow = new ProbeWorkflow();
        await using var service = await RunningService.StartAsync(
            variables: [workflow.Setting, ("SHUTDOWN_GRACE", "30000")]);
        var id = await ProbeWorkflow.AcceptAsync(service, ("seconds", "1"), ("steps", "10"));
        await using var stream = await EventListener.OpenAsync(service.Http, $"/api/jobs/{id}/events");
        await using var all = await EventListener.OpenAsync(service.Http, "/api/events");
        await stream.UntilAsync(said => said.Event == "progress");

        var stopping = service.StopAsync();

        Assert.Equal("completed", (await stream.RestAsync())[^1].Event);
        await all.RestAsync();
        await stopping;
    }

    private static void AssertNeverBack(IReadOnlyList<HeardEvent> heard)
    {
        var (version, percentage) = (0, 0);
        foreach (var said in heard)
        {
            if (said.Event != "progress")
            {
                Assert.True(Number(said.Id) > version);
                Assert.Equal(said["version"], said.Id);
                version = Number(said.Id);
            }

            Assert.True(said.Data.GetProperty("progress_percentage").GetInt32() >= percentage);
            percentage = said.Data.GetProperty("progress_percentage").GetInt32();
        }
    }

    private static int Number(string id) => int.Parse(id, CultureInfo.InvariantCulture);
}

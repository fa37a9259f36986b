using System.Net;
using System.Text.Json;

namespace AkkaComfy.Host.Tests.Service;

public sealed class IdempotencyTests
{
    private const string Async = "/api/async/remove-background";
    private const string Sync = "/api/remove-background";

    [Fact]
    public async Task The_same_key_with_the_same_request_is_the_first_job_also_after_it_ended()
    {
        await using var service = await RunningService.StartAsync();
        using var first = await service.SubmitAsync(Async, "order 7");
        var id = await IdAsync(first);
        using var soon = await service.SubmitAsync(Async, "order 7");
        await service.EndOfAsync(id);
        using var late = await service.SubmitAsync(Sync + "?async=true", "order 7");

        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        foreach (var replay in new[] { soon, late })
        {
            Assert.Equal(HttpStatusCode.OK, replay.StatusCode);
            Assert.Equal(["true"], replay.Headers.GetValues("Idempotency-Replayed"));
            Assert.Equal(id, await IdAsync(replay));
        }

        var body = await RunningService.JsonAsync(late);
        Assert.Equal("completed", body.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, body.GetProperty("queue_position").ValueKind);
        Assert.Equal($"/api/jobs/{id}/result", body.GetProperty("result_url").GetString());
        Assert.Equal(1, (await service.GetAsync("/api/jobs/stats")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task The_same_key_with_another_request_is_refused_and_keeps_nothing()
    {
        await using var service = await RunningService.StartAsync();
        using var first = await service.SubmitAsync(Async, "k");
        await service.EndOfAsync(await IdAsync(first));
        var stored = service.StoredFiles;

        using var image = await service.SubmitAsync(Async, "k", sample: "coffee.png");
        using var workflow = await service.SubmitAsync("/api/async/upscale-image", "k");

        foreach (var refused in new[] { image, workflow })
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            var problem = await RunningService.JsonAsync(refused);
            Assert.Equal("idempotency_key_reused", problem.GetProperty("code").GetString());
        }

        Assert.Equal(stored, service.StoredFiles);
    }

    [Fact]
    public async Task Submissions_at_the_same_time_with_the_same_key_make_one_job()
    {
        await using var service = await RunningService.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => service.SubmitAsync(n % 2 == 0 ? Async : Sync, "k")));

        var ids = new HashSet<string>();
        foreach (var answer in answers)
        {
            ids.Add(await IdAsync(answer));
        }

        Assert.Single(ids);
        Assert.Single(answers, answer => !answer.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(1, (await service.GetAsync("/api/jobs/stats")).GetProperty("total").GetInt32());
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task A_refused_submission_consumes_no_key()
    {
        await using var service = await RunningService.StartAsync(
            WaitingTests.Long, ("MAX_QUEUE_LENGTH", "1"), ("MAX_CONCURRENT_JOBS", "1"));
        await service.AcceptAsync();
        await service.UntilActiveAsync(1);
        using var waiting = await service.SubmitAsync(Async, "first");
        using var full = await service.SubmitAsync(Async, "second");
        using var replayed = await service.SubmitAsync(Async, "first");
        using var gone = await service.Http.DeleteAsync($"/api/jobs/{await IdAsync(waiting)}");

        using var room = await service.SubmitAsync(Async, "second", sample: "coffee.png");

        Assert.Equal(HttpStatusCode.TooManyRequests, full.StatusCode);
        Assert.Equal(HttpStatusCode.OK, replayed.StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, room.StatusCode);
    }

    [Theory]
    [InlineData(Async)]
    [InlineData(Sync)]
    public async Task A_replay_of_a_deleted_job_says_so(string route)
    {
        await using var service = await RunningService.StartAsync();
        using var first = await service.SubmitAsync(Async, "k");
        var id = await IdAsync(first);
        using var deleted = await service.Http.DeleteAsync($"/api/jobs/{id}");

        using var replay = await service.SubmitAsync(route, "k");

        Assert.Equal(HttpStatusCode.Gone, replay.StatusCode);
        var problem = await RunningService.JsonAsync(replay);
        Assert.Equal(("deleted", id), (problem.GetProperty("code").GetString(), problem.GetProperty("job_id").GetString()));
    }

    [Fact]
    public async Task A_client_that_loses_its_connection_gets_the_job_by_calling_again_with_its_key()
    {
        await using var service = await RunningService.StartAsync(TimeSpan.FromSeconds(1));
        using var lost = new CancellationTokenSource();
        var first = service.SubmitAsync(Sync, "k", hungUp: lost.Token);
        await service.UntilActiveAsync(1);
        await service.UntilAnsweringAsync(1);

        await lost.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await service.UntilAnsweringAsync(0);
        using var second = await service.SubmitAsync(Sync, "k");

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal(["true"], second.Headers.GetValues("Idempotency-Replayed"));
        Assert.Equal(1, (await service.GetAsync("/api/jobs/stats")).GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\tb")]
    public async Task A_key_that_cannot_be_one_is_refused(string key) => await AssertRefusedAsync(key);

    [Fact]
    public async Task A_key_that_is_too_long_is_refused() => await AssertRefusedAsync(new string('k', 256));

    private static async Task AssertRefusedAsync(string key)
    {
        await using var service = await RunningService.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, Async);
        request.Content = Forms.Image(RepositoryFiles.Sample("cat.png"));
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);

        using var response = await service.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = await RunningService.JsonAsync(response);
        Assert.Equal("invalid_idempotency_key", problem.GetProperty("code").GetString());
        Assert.Contains("1 to 255 printable ASCII", problem.GetProperty("errors").ToString(), StringComparison.Ordinal);
    }

    private static async Task<string> IdAsync(HttpResponseMessage response) =>
        (await RunningService.JsonAsync(response)).GetProperty("job_id").GetString()!;
}

using System.Net;
using System.Text.Json.Nodes;

namespace AkkaComfy.ComfyUI.Tests;

public sealed class RepetitionTests
{
    private const string Queue = """{"queue_running":[],"queue_pending":[]}""";

    public static TheoryData<string> Repeatable { get; } =
        ["queue", "prompt", "history", "delete queued", "delete history", "free", "view", "upload", "object_info"];

    public static TheoryData<string> NotRepeatable { get; } = ["submit", "interrupt", "interrupt all", "probe"];

    [Theory]
    [MemberData(nameof(Repeatable))]
    public async Task What_is_safe_to_repeat_is_repeated(string call)
    {
        var stub = new StubHandler(_ => new HttpResponseMessage(HttpStatusCode.BadGateway));

        var e = await Assert.ThrowsAsync<ComfyException>(() => CallAsync(call, stub.Client()));

        Assert.Equal((ComfyCause.ServerError, Blame.Worker), (e.Fault.Cause, e.Fault.Blame));
        Assert.Equal(3, stub.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(NotRepeatable))]
    public async Task What_is_not_is_not(string call)
    {
        var stub = new StubHandler(_ => new HttpResponseMessage(HttpStatusCode.BadGateway));

        var e = await Assert.ThrowsAsync<ComfyException>(() => CallAsync(call, stub.Client()));

        Assert.Equal(call is not "probe", e.Fault.OutcomeUnknown);
        Assert.Single(stub.Requests);
    }

    [Theory]
    [InlineData("{", HttpStatusCode.OK)]
    [InlineData("gone", HttpStatusCode.NotFound)]
    [InlineData("who are you", HttpStatusCode.Unauthorized)]
    [InlineData("elsewhere", HttpStatusCode.Found)]
    public async Task What_will_not_pass_is_not_repeated(string body, HttpStatusCode status)
    {
        var stub = new StubHandler(_ => StubHandler.Json(body, status));

        await Assert.ThrowsAsync<ComfyException>(() => CallAsync("queue", stub.Client()));

        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task A_repetition_that_succeeds_is_a_success()
    {
        var failures = new Queue<Exception>([new IOException("reset"), new HttpRequestException("reset")]);
        var stub = new StubHandler(_ => failures.TryDequeue(out var e) ? throw e : StubHandler.Json(Queue));

        var queue = await stub.Client().GetQueueAsync(CancellationToken.None);

        Assert.Empty(queue.Running);
        Assert.Equal(3, stub.Requests.Count);
    }

    [Fact]
    public async Task An_upload_is_opened_anew_for_each_attempt()
    {
        var opened = 0;
        var stub = new StubHandler(_ => opened < 2
            ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
            : StubHandler.Json("""{"name":"a.png"}"""));

        var stored = await stub.Client().UploadImageAsync(
            new ImageUpload("a.png", "image/png", 3, _ =>
            {
                opened++;
                return ValueTask.FromResult<Stream>(new PatternStream(3));
            }),
            CancellationToken.None);

        Assert.Equal(("a.png", 2), (stored.Reference, opened));
    }

    [Fact]
    public async Task The_pause_is_taken_from_the_injected_clock()
    {
        var time = new ManualTime();
        var stub = new StubHandler(_ => new HttpResponseMessage(HttpStatusCode.BadGateway));
        var options = new ComfyClientOptions
        {
            LookTimeout = TimeSpan.FromHours(1),
            RetryDelay = TimeSpan.FromSeconds(1),
        };

        var calling = Assert.ThrowsAsync<ComfyException>(() => CallAsync("queue", stub.Client(options, time)));
        for (var repetition = 1; repetition <= 2; repetition++)
        {
            await time.TimerWithinAsync(TimeSpan.FromMinutes(1));
            Assert.Equal(repetition, stub.Requests.Count);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        await calling;
        Assert.Equal(3, stub.Requests.Count);
    }

    [Fact]
    public async Task A_call_that_the_caller_gives_up_is_cancelled_and_not_repeated()
    {
        using var giveUp = new CancellationTokenSource();
        var stub = new StubHandler(async (_, ct) =>
        {
            await giveUp.CancelAsync();
            ct.ThrowIfCancellationRequested();
            throw new IOException("aborted");
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stub.Client().GetQueueAsync(giveUp.Token));

        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task A_probe_fails_after_its_own_short_time()
    {
        var time = new ManualTime();
        var stub = new StubHandler(async (_, ct) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, ct);
            return StubHandler.Json("{}");
        });

        var probing = Assert.ThrowsAsync<ComfyException>(
            () => CallAsync("probe", stub.Client(new ComfyClientOptions(), time)));
        await time.TimerWithinAsync(TimeSpan.FromMilliseconds(300));
        time.Advance(TimeSpan.FromMilliseconds(300));

        Assert.Equal((ComfyCause.NoAnswer, Blame.Network), ((await probing).Fault.Cause, (await probing).Fault.Blame));
        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task A_look_that_is_not_answered_is_given_up_soon_and_not_repeated()
    {
        var time = new ManualTime();
        var stub = Silent(time);

        var looking = Assert.ThrowsAsync<ComfyException>(
            () => CallAsync("queue", stub.Client(new ComfyClientOptions(), time)));
        await time.TimerWithinAsync(TimeSpan.FromSeconds(4));
        time.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(ComfyCause.NoAnswer, (await looking).Fault.Cause);
        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task A_submission_that_is_not_answered_is_given_up_soon_and_may_have_happened()
    {
        var time = new ManualTime();
        var stub = Silent(time);

        var submitting = Assert.ThrowsAsync<ComfyException>(
            () => CallAsync("submit", stub.Client(new ComfyClientOptions(), time)));
        await time.TimerWithinAsync(TimeSpan.FromSeconds(5));
        time.Advance(TimeSpan.FromSeconds(5));

        var fault = (await submitting).Fault;
        Assert.Equal((ComfyCause.NoAnswer, true), (fault.Cause, fault.OutcomeUnknown));
        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task A_large_request_may_take_long_as_long_as_it_moves()
    {
        var time = new ManualTime();
        using var guard = new Http.StallGuard(TimeSpan.FromSeconds(5), time, CancellationToken.None);
        using var content = new Http.WatchedContent(new ByteArrayContent(new byte[3]), guard.Moved);

        time.Advance(TimeSpan.FromSeconds(4));
        await content.CopyToAsync(Stream.Null);
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.False(guard.HasStalled);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(guard.HasStalled);
        guard.Dispose();
        // The rest of a body may still be on its way when the answer is there.
        guard.Moved();
    }

    private static StubHandler Silent(TimeProvider time) => new(async (_, ct) =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, time, ct);
        return StubHandler.Json("{}");
    });

    private static Task CallAsync(string call, ComfyClient client)
    {
        var ct = CancellationToken.None;
        return call switch
        {
            "queue" => client.GetQueueAsync(ct),
            "prompt" => client.GetQueueRemainingAsync(ct),
            "history" => client.GetHistoryAsync("p", ct),
            "delete queued" => client.DeleteQueuedAsync("p", ct),
            "delete history" => client.DeleteHistoryAsync("p", ct),
            "free" => client.FreeAsync(ct),
            "view" => client.OpenOutputAsync(new OutputFile("a", "", "output"), ct),
            "upload" => client.UploadImageAsync(
                new ImageUpload("a", "image/png", 1, _ => ValueTask.FromResult<Stream>(new PatternStream(1))), ct),
            "object_info" => client.GetObjectInfoAsync(ct),
            "submit" => client.SubmitAsync(new PromptRequest(new JsonObject(), "p"), ct),
            "interrupt" => client.InterruptAsync("p", ct),
            "interrupt all" => client.InterruptAsync(null, ct),
            _ => client.GetSystemStatsAsync(ct),
        };
    }
}

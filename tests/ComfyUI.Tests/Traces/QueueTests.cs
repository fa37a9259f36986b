using AkkaComfy.Traces;

namespace AkkaComfy.ComfyUI.Tests;

public sealed class QueueTests
{
    [Fact]
    public async Task Pending_prompts_come_in_the_order_in_which_they_will_run()
    {
        var queue = await Recorded.Client("05_two_queued", 16).GetQueueAsync(CancellationToken.None);

        Assert.Equal([11], queue.Running.Select(item => item.Number));
        Assert.Equal([-13, 0.5, 12], queue.Pending.Select(item => item.Number));
        Assert.True(queue.IsRunning("6b13486a-ae73-4e6c-9f05-67f08d197db0"));
        Assert.True(queue.IsPending("8bebb521-cf27-463c-819e-0cd4daa2ba37"));
        Assert.False(queue.Contains("nobody's"));
        Assert.All(queue.Running, item => Assert.NotNull(item.ClientId));
    }

    [Fact]
    public async Task The_recorded_heap_is_not_sorted_but_the_answer_is()
    {
        var recorded = TraceFile.Read("05b_front_number_order")
            .Where(e => e is { Kind: "http", Path: "/queue" })
            .ToArray();
        Assert.Contains(recorded, e => !IsSorted(Numbers(e)));

        foreach (var answer in recorded)
        {
            var queue = await Recorded.Client(answer).GetQueueAsync(CancellationToken.None);
            Assert.Equal(Numbers(answer).Order(), queue.Pending.Select(item => item.Number));
        }
    }

    [Fact]
    public async Task A_prompt_is_found_by_its_tag_where_the_server_gave_it_another_id()
    {
        var queue = await Queue("""
            {"queue_running": [[4, "theirs", {"1": {"inputs": {"deep": [[[{}]]]}}},
                               {"extra_pnginfo": {"workflow": {"nodes": []}},
                                "akkacomfy": {"attempt": 1, "job": "j", "limit_ms": 5000, "outputs": []}}, ["1"]]],
             "queue_pending": [[5, "other", {}, {"akkacomfy": "somebody else's"}, []],
                               [6, 77, {}, [], [], {"new": "sixth"}]],
             "more": {"later": []}}
            """);

        Assert.Equal("theirs", queue.Find(new PromptTag("j", 1))?.PromptId);
        Assert.Null(queue.Find(new PromptTag("j", 2)));
        Assert.Equal(TimeSpan.FromSeconds(5), queue.Running[0].Terms?.Limit);
        Assert.All(queue.Pending, item => Assert.Null(item.Terms));
        Assert.Equal(["other", "77"], queue.Pending.Select(item => item.PromptId));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"queue_running": []}""")]
    [InlineData("""{"queue_running": {}, "queue_pending": []}""")]
    [InlineData("""{"queue_running": [], "queue_pending": [{}]}""")]
    [InlineData("""{"queue_running": [], "queue_pending": [[1]]}""")]
    [InlineData("""{"queue_running": [], "queue_pending": [[1, "p", {}""")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task What_is_no_queue_is_a_bad_answer_and_not_an_empty_queue(string body)
    {
        var e = await Assert.ThrowsAsync<ComfyException>(() => Queue(body));

        Assert.Equal((ComfyCause.BadAnswer, Blame.Worker), (e.Fault.Cause, e.Fault.Blame));
    }

    [Fact]
    public async Task Base64_in_the_queue_is_not_kept()
    {
        var image = new string('A', 5_000_000);
        var client = new StubHandler(_ => StubHandler.Json(
            """{"queue_running": [[1, "p", {"1": "?"}, {}, []]], "queue_pending": []}""".Replace("?", image)))
            .Client(new ComfyClientOptions { MaxKeptBytes = 10_000 });

        Assert.True((await client.GetQueueAsync(CancellationToken.None)).IsRunning("p"));
    }

    private static Task<QueueSnapshot> Queue(string body) =>
        new StubHandler(_ => StubHandler.Json(body)).Client().GetQueueAsync(CancellationToken.None);

    private static double[] Numbers(TraceEvent answer) =>
        [.. answer.Body.GetProperty("queue_pending").EnumerateArray().Select(item => item[0].GetDouble())];

    private static bool IsSorted(double[] numbers) => numbers.SequenceEqual(numbers.Order());
}

using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Execution;
using AkkaComfy.Emulator.Faults.Kinds;

namespace AkkaComfy.Emulator.Tests.Faults;

public sealed class HttpFaultTests
{
    private const string Picture = "/view?filename=test_00001_.png";

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task An_error_before_queueing_leaves_nothing_queued(int status)
    {
        await using var test = await TestComfy.StartAsync();
        test.Comfy.Faults.Apply(new HttpError { Route = "/prompt", Method = "POST", Status = status, Times = 1 });
        var refused = await test.PostAsync("/prompt", new JsonObject { ["prompt"] = Prompts.Small() });
        Assert.Equal(status, (int)refused["status"]!);
        await test.EndOfAsync(await test.SubmitAsync(Prompts.Small(), id: "taken"));
        Assert.Equal(["taken"], test.Comfy.Ledger.Executions.Select(execution => execution.PromptId));
    }

    [Fact]
    public async Task An_error_after_queueing_hides_that_the_prompt_runs()
    {
        await using var test = await TestComfy.StartAsync();
        test.Comfy.Faults.Apply(new HttpError { Route = "/prompt", Method = "POST", When = Moment.After });
        var answer = await test.PostAsync(
            "/prompt", new JsonObject { ["prompt"] = Prompts.Small(), ["prompt_id"] = "hidden" });
        Assert.Equal(500, (int)answer["status"]!);
        Assert.Equal(ExecutionOutcome.Succeeded, (await test.EndOfAsync("hidden")).Outcome);
    }

    [Theory]
    [InlineData(Moment.Before)]
    [InlineData(Moment.After)]
    public async Task A_slow_answer_keeps_its_client_waiting_until_its_time(Moment when)
    {
        var clock = new VirtualTime();
        await using var test = await TestComfy.StartAsync(new() { Time = clock });
        test.Comfy.Faults.Apply(new SlowFirstByte { Route = "/queue", DelayMs = 5000, When = when });
        var waiting = test.Http.GetAsync("/queue", HttpCompletionOption.ResponseHeadersRead);
        await clock.TimerSetAsync(TimeSpan.FromSeconds(5));
        Assert.False(waiting.IsCompleted);
        await clock.AdvanceToAsync(TimeSpan.FromSeconds(5), test.Comfy.WhenParked);
        using var answer = await waiting;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_reset_comes_in_the_midst_of_the_body()
    {
        await using var test = await TestComfy.StartAsync();
        await test.RunAsync(Prompts.Small());
        var whole = await test.Http.GetByteArrayAsync(Picture);
        test.Comfy.Faults.Apply(new ResetMidBody { Route = "/view", Share = 0.25, Times = 1 });
        var (received, error) = await ReadAsync(test, Picture);
        Assert.Equal(whole.Length / 4, received);
        var cause = Assert.IsType<SocketException>(error!.InnerException);
        Assert.Equal(SocketError.ConnectionReset, cause.SocketErrorCode);
        Assert.Equal(whole, await test.Http.GetByteArrayAsync(Picture));
    }

    [Fact]
    public async Task A_view_cut_short_has_fewer_bytes_than_announced()
    {
        await using var test = await TestComfy.StartAsync();
        await test.RunAsync(Prompts.Small());
        var whole = await test.Http.GetByteArrayAsync(Picture);
        test.Comfy.Faults.Apply(new ViewShort { Share = 0.5 });
        var (received, error) = await ReadAsync(test, Picture);
        Assert.Equal(whole.Length / 2, received);
        Assert.NotNull(error);
        Assert.Empty((await test.GetAsync("/queue"))["queue_running"]!.AsArray());
    }

    [Fact]
    public async Task A_truncated_file_has_the_length_that_is_announced()
    {
        await using var test = await TestComfy.StartAsync();
        await test.RunAsync(Prompts.Small());
        var whole = await test.Http.GetByteArrayAsync(Picture);
        test.Comfy.Faults.Apply(new ViewShort { How = Shortage.Truncated, Share = 0.5 });
        var part = await test.Http.GetByteArrayAsync(Picture);
        Assert.Equal(whole[..(whole.Length / 2)], part);
    }

    [Fact]
    public async Task A_missing_view_is_missing_as_often_as_told()
    {
        await using var test = await TestComfy.StartAsync();
        await test.RunAsync(Prompts.Small());
        test.Comfy.Faults.Apply(new ViewMissing { After = 1, Times = 2 });
        var statuses = new List<int>();
        for (var i = 0; i < 5; i++)
        {
            using var answer = await test.Http.GetAsync(Picture);
            statuses.Add((int)answer.StatusCode);
        }

        Assert.Equal([200, 404, 404, 200, 200], statuses);
    }

    [Theory]
    [InlineData("/history/*", "/api/history/x", 503)]
    [InlineData("/history/*", "/history", 200)]
    [InlineData("/history", "/history/x", 200)]
    [InlineData(null, "/queue", 503)]
    public async Task A_fault_befalls_the_routes_it_names_and_no_others(string? route, string path, int status)
    {
        await using var test = await TestComfy.StartAsync();
        test.Comfy.Faults.Apply(new HttpError { Route = route, Status = 503 });
        using var answer = await test.Http.GetAsync(path);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_wrong_clock_shows_in_the_date_and_in_the_messages_until_it_is_set_right()
    {
        await using var test = await TestComfy.StartAsync();
        test.Comfy.Faults.Apply(new ClockSkew { SkewMs = -7_200_000 });
        var (date, stamp) = await ReadClocksAsync();
        test.Comfy.Faults.Heal();
        var (rightDate, rightStamp) = await ReadClocksAsync();
        Assert.Equal(-120, (date - rightDate).TotalMinutes, 1.0);
        Assert.Equal(-120, (stamp - rightStamp).TotalMinutes, 1.0);

        async Task<(DateTimeOffset Date, DateTimeOffset Stamp)> ReadClocksAsync()
        {
            var history = await test.RunAsync(Prompts.Small());
            var start = (long)history["status"]!["messages"]![0]![1]!["timestamp"]!;
            using var answer = await test.Http.GetAsync("/queue");
            return (answer.Headers.Date!.Value, DateTimeOffset.FromUnixTimeMilliseconds(start));
        }
    }

    private static async Task<(int Received, Exception? Error)> ReadAsync(TestComfy test, string path)
    {
        using var answer = await test.Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await using var body = await answer.Content.ReadAsStreamAsync();
        var (received, buffer) = (0, new byte[4096]);
        try
        {
            while (await body.ReadAsync(buffer) is var count and > 0)
            {
                received += count;
            }

            return (received, null);
        }
        catch (IOException e)
        {
            return (received, e);
        }
    }
}

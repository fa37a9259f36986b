using AkkaComfy.Core.Jobs;
using AkkaComfy.Emulator;
using AkkaComfy.Emulator.Execution;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Tests.Live;

/// <summary>Servers of 2023 and 2024 do the same work, in their own way.</summary>
public sealed class OldServerTests
{
    public static TheoryData<string, Tracking> Servers { get; } = new()
    {
        { "2023-12-31", Tracking.WebSocket },
        { "2023-12-31", Tracking.Polling },
        { "2024-08-13", Tracking.WebSocket },
        { "2024-08-13", Tracking.Polling },
        { "0.3.64", Tracking.WebSocket },
    };

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Jobs_complete_and_leave_nothing_behind(string version, Tracking tracking)
    {
        await using var comfy = await StartAsync(version);
        await using var tree = await LiveTree.StartAsync([comfy], fleet => fleet with { Tracking = tracking });
        var ids = new List<JobId>();
        for (var salt = 1; salt <= 4; salt++)
        {
            ids.Add(await tree.SubmitAsync(seconds: 0.05, salt));
        }

        foreach (var id in ids)
        {
            var job = await tree.EndOfAsync(id);
            Assert.Equal((JobPhase.Completed, 1), (job.Phase, job.Attempts.Length));
            Assert.Equal("image/png", Assert.Single(job.Outputs).Blob.MediaType);
        }

        Assert.Equal(4, comfy.Ledger.Executions.Count);
        using var http = new HttpClient { BaseAddress = comfy.BaseAddress };
        await LiveTree.UntilAsync(async () => await http.GetStringAsync("/history") == "{}");
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_node_that_raises_fails_the_job_after_one_more_try(string version, Tracking tracking)
    {
        await using var comfy = await StartAsync(version);
        await using var tree = await LiveTree.StartAsync([comfy], fleet => fleet with { Tracking = tracking });

        var job = await tree.EndOfAsync(await tree.SubmitAsync(seconds: 0.02, salt: 1, failAt: 1));

        Assert.Equal((JobPhase.Failed, 2), (job.Phase, job.Attempts.Length));
        var saysWhy = version != "2023-12-31" || tracking == Tracking.WebSocket;
        Assert.Equal(saysWhy ? "execution_error" : "no_outputs", job.Error!.Code);
        Assert.Equal(saysWhy, job.Error.Message.Contains("told to fail", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task An_execution_past_its_deadline_ends_and_its_neighbour_completes(string version, Tracking tracking)
    {
        await using var comfy = await StartAsync(version);
        await using var tree = await LiveTree.StartAsync([comfy], fleet => fleet with
        {
            Tracking = tracking, ExecutionTimeout = TimeSpan.FromSeconds(1),
        });
        var slow = await tree.SubmitAsync(seconds: 30, salt: 1);
        var neighbour = await tree.SubmitAsync(seconds: 0.2, salt: 2);

        var late = await tree.EndOfAsync(slow);
        Assert.Equal((JobPhase.Failed, "timeout", 1), (late.Phase, late.Error!.Code, late.Attempts.Length));
        Assert.Equal(JobPhase.Completed, (await tree.EndOfAsync(neighbour)).Phase);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Cancelling_one_job_ends_that_one_and_no_other(string version, Tracking tracking)
    {
        await using var comfy = await StartAsync(version);
        await using var tree = await LiveTree.StartAsync([comfy], fleet => fleet with { Tracking = tracking });
        var running = await tree.SubmitAsync(seconds: 30, salt: 1);
        await tree.UntilStartedAsync(running);
        var waiting = await tree.SubmitAsync(seconds: 0.1, salt: 2);
        var third = await tree.SubmitAsync(seconds: 0.1, salt: 3);

        await tree.CancelAsync(waiting);
        Assert.Equal(JobPhase.Cancelled, (await tree.EndOfAsync(waiting)).Phase);
        await tree.CancelAsync(running);
        Assert.Equal(JobPhase.Cancelled, (await tree.EndOfAsync(running)).Phase);

        Assert.Equal(JobPhase.Completed, (await tree.EndOfAsync(third)).Phase);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_strangers_interrupt_is_made_up_for(string version, Tracking tracking)
    {
        await using var comfy = await StartAsync(version);
        await using var tree = await LiveTree.StartAsync([comfy], fleet => fleet with
        {
            Tracking = tracking, Retry = new RetryPolicy(MaxAttempts: 2),
        });
        var id = await tree.SubmitAsync(seconds: 1, salt: 1);
        await tree.UntilStartedAsync(id);
        using var http = new HttpClient { BaseAddress = comfy.BaseAddress };
        using var answer = await http.PostAsync("/interrupt", content: null);

        var job = await tree.EndOfAsync(id);

        Assert.Equal((JobPhase.Completed, 2), (job.Phase, job.Attempts.Length));
        // A server of 2023 says so only over the socket; without one it looks like any other end without a result.
        var knows = version != "2023-12-31" || tracking == Tracking.WebSocket;
        Assert.Equal(knows ? Blame.Interrupted : Blame.WorkerThisJob, job.Attempts[0].Fault!.Blame);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_restarted_service_finds_its_prompts_by_id_or_tag(string version, Tracking tracking)
    {
        await using var comfy = await StartAsync(version);
        await using var tree = await LiveTree.StartAsync([comfy], fleet => fleet with { Tracking = tracking });
        var finished = await tree.SubmitAsync(seconds: 0.5, salt: 1);
        await tree.UntilStartedAsync(finished);
        var running = await tree.SubmitAsync(seconds: 2, salt: 2);
        using var limit = new CancellationTokenSource(LiveTree.Patience);
        using var http = new HttpClient { BaseAddress = comfy.BaseAddress };
        await LiveTree.UntilAsync(async () =>
            (await http.GetStringAsync("/queue")).Contains($"{running}", StringComparison.Ordinal));

        await tree.RestartAsync();
        await comfy.Ledger.WaitAsync(ledger => ledger.Any(run => run.Ended is not null), limit.Token);

        foreach (var id in (JobId[])[finished, running])
        {
            var job = await tree.EndOfAsync(id);
            Assert.Empty(job.Attempts.Select(attempt => attempt.Fault).OfType<JobError>());
            Assert.Equal((JobPhase.Completed, 1), (job.Phase, job.Attempts.Length));
        }

        Assert.Equal(2, comfy.Ledger.Executions.Count(run => run.Outcome == ExecutionOutcome.Succeeded));
        Assert.Equal(2, comfy.Ledger.Executions.Count);
    }

    private static Task<EmulatedComfy> StartAsync(string version)
    {
        Assert.True(ComfyVersion.TryParse(version, out var known));
        return EmulatedComfy.StartAsync(new EmulatorOptions { Version = known });
    }
}

using Akka.Actor;
using AkkaComfy.Actors.Tests.Support;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Tests;

/// <summary>Jobs that wait longer than they may.</summary>
public sealed class QueueTimeTests
{
    [Theory]
    [InlineData(64)]
    [InlineData(1)]
    [InlineData(0)]
    public async Task Whoever_waits_too_long_fails_in_the_window_or_in_the_store_and_what_runs_goes_on(int window)
    {
        await using var tree = await StartAsync(window, limit: 150);
        var comfy = tree.Instances[0];
        var running = await tree.SubmitAsync();
        var prompt = await Tree.SubmissionAsync(comfy);
        JobId[] waiting = [await tree.SubmitAsync(), await tree.SubmitAsync(), await tree.SubmitAsync(priority: 5)];

        foreach (var id in waiting)
        {
            var ended = await tree.EndOfAsync(id);
            Assert.Equal((JobPhase.Failed, "queue_timeout"), (ended.Phase, ended.Error?.Code));
            Assert.Empty(ended.Attempts);
        }

        Assert.Equal(0, (await tree.FleetAsync()).PendingJobs);
        comfy.Finish(prompt.PromptId);
        Assert.Equal(JobPhase.Completed, (await tree.EndOfAsync(running)).Phase);
        Assert.False(comfy.Submissions.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_job_whose_workflow_was_taken_away_fails_when_the_service_starts()
    {
        var store = new FaultyStore();
        var submitted = new Messages.Jobs.Submitted(
            JobId.New(TimeProvider.System.GetUtcNow()), new WorkflowName("gone"), Inputs.Empty, 0,
            TimeProvider.System.GetUtcNow());
        await store.CommitAsync([new JobCommit(Job.From(submitted), [submitted])], CancellationToken.None);

        await using var tree = await Tree.StartAsync(store: store);
        var ended = await tree.EndOfAsync(submitted.JobId);

        Assert.Equal((JobPhase.Failed, "unknown_workflow"), (ended.Phase, ended.Error?.Code));
        Assert.Equal(0, (await tree.FleetAsync()).PendingJobs);
    }

    [Fact]
    public async Task The_time_before_a_restart_counts()
    {
        var store = new FaultyStore();
        await using var tree = await StartAsync(window: 64, limit: 400, store);
        var running = await tree.SubmitAsync();
        await Tree.SubmissionAsync(tree.Instances[0]);
        var waiting = await tree.SubmitAsync();
        var restarts = 0;
        store.Fails = batch =>
            batch.Any(commit => commit.Events is [Messages.Jobs.CancelRequested]) && Interlocked.Increment(ref restarts) == 1;

        tree.Jobs.Tell(new Messages.Jobs.Cancel(running), ActorRefs.NoSender);

        await tree.UntilJobAsync(waiting, job => job.HasEnded);
        var ended = (await store.FindAsync(waiting, CancellationToken.None))!;
        Assert.Equal(1, restarts);
        Assert.Equal("queue_timeout", ended.Error?.Code);
        Assert.InRange(ended.EndedAt!.Value - ended.CreatedAt, TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(10));
        Assert.Equal(JobPhase.Processing, (await store.FindAsync(running, CancellationToken.None))!.Phase);
    }

    [Fact]
    public async Task Dispatched_or_given_up_a_job_at_its_limit_ends_once()
    {
        await using var tree = await Tree.StartAsync(
            instances: 1,
            fleet => fleet with
            {
                MaxQueueTime = TimeSpan.FromMilliseconds(20), SweepInterval = TimeSpan.FromMilliseconds(1),
                MaxConcurrentJobs = 2,
            });
        var comfy = tree.Instances[0];
        using var over = new CancellationTokenSource();
        var worker = FinishAllAsync(comfy, over.Token);
        var ids = new List<JobId>();
        for (var i = 0; i < 60; i++)
        {
            ids.Add(await tree.SubmitAsync());
        }

        foreach (var id in ids)
        {
            var job = await tree.EndOfAsync(id);
            Assert.Equal(job.Attempts.IsEmpty ? JobPhase.Failed : JobPhase.Completed, job.Phase);
        }

        Assert.Equal((0, 0), ((await tree.FleetAsync()).PendingJobs, (await tree.FleetAsync()).ActiveJobs));
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => worker);
    }

    private static async Task FinishAllAsync(FakeComfy comfy, CancellationToken over)
    {
        await foreach (var prompt in comfy.Submissions.Reader.ReadAllAsync(over))
        {
            comfy.Finish(prompt.PromptId);
        }
    }

    private static Task<Tree> StartAsync(int window, int limit, FaultyStore? store = null) => Tree.StartAsync(
        instances: 1,
        fleet => fleet with
        {
            MaxConcurrentJobs = 1, ClaimWindow = window, MaxQueueTime = TimeSpan.FromMilliseconds(limit),
            SweepInterval = TimeSpan.FromMilliseconds(20),
        },
        store);
}

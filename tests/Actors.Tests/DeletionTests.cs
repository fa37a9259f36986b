using AkkaComfy.Actors.Tests.Support;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Tests;

/// <summary>Jobs that a client wants forgotten, wherever they are.</summary>
public sealed class DeletionTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_running_job_that_completes_while_it_is_deleted_is_deleted_all_the_same()
    {
        await using var tree = await Tree.StartAsync(instances: 1);
        var comfy = tree.Instances[0];
        comfy.HonoursInterrupts = false;
        var id = await tree.SubmitAsync();
        var prompt = await Tree.SubmissionAsync(comfy);
        comfy.Run(prompt.PromptId);
        await tree.UntilJobAsync(id, job => job.LastAttempt?.StartedAt is not null);

        var deletion = tree.DeleteAsync(id);
        await tree.UntilJobAsync(id, job => job.CancelRequested);
        var second = tree.DeleteAsync(id);
        comfy.Finish(prompt.PromptId);

        Assert.IsType<Messages.Jobs.Gone>(await deletion);
        Assert.IsType<Messages.Jobs.Gone>(await second);
        var deleted = (await tree.Store.FindAsync(id, None))!;
        Assert.Equal((JobPhase.Completed, true), (deleted.Phase, deleted.IsDeleted));
        Assert.IsType<Messages.Jobs.Refused>(await tree.DeleteAsync(id));
        Assert.IsType<Messages.Jobs.Refused>(await tree.CancelAsync(id));
    }

    [Fact]
    public async Task A_job_that_only_the_store_knows_is_deleted_and_never_runs()
    {
        await using var tree = await Tree.StartAsync(
            instances: 1, fleet => fleet with { MaxConcurrentJobs = 1, ClaimWindow = 0 });
        var comfy = tree.Instances[0];
        await tree.SubmitAsync();
        var running = await Tree.SubmissionAsync(comfy);
        var (deleted, next) = (await tree.SubmitAsync(), await tree.SubmitAsync());

        Assert.IsType<Messages.Jobs.Gone>(await tree.DeleteAsync(deleted));
        comfy.Finish(running.PromptId);

        Assert.Equal(next.ToString(), (await Tree.SubmissionAsync(comfy)).Tag!.Job);
        Assert.Equal(JobPhase.Cancelled, (await tree.Store.FindAsync(deleted, None))!.Phase);
        Assert.Equal(0, (await tree.FleetAsync()).PendingJobs);
    }

    [Fact]
    public async Task An_expired_job_can_be_deleted_too()
    {
        await using var tree = await Tree.StartAsync(
            instances: 1, fleet => fleet with { Retention = TimeSpan.FromMilliseconds(10) });
        var id = await CancelledAsync(tree);
        await tree.UntilJobAsync(id, job => job.ExpiredAt is not null);

        Assert.IsType<Messages.Jobs.Gone>(await tree.DeleteAsync(id));
        Assert.True((await tree.Store.FindAsync(id, None))!.IsDeleted);
    }

    [Fact]
    public async Task Deleted_cleaned_up_and_expired_at_once_a_job_is_forgotten_once_for_all()
    {
        var store = new FaultyStore();
        await using var tree = await Tree.StartAsync(
            instances: 1, fleet => fleet with { Retention = TimeSpan.FromMilliseconds(10) }, store);
        var ids = new List<JobId>();
        for (var i = 0; i < 20; i++)
        {
            ids.Add(await CancelledAsync(tree));
        }

        await Task.WhenAll([.. ids.Select(tree.DeleteAsync), .. Enumerable.Range(0, 5).Select(_ => (Task)tree.CleanUpAsync())]);

        foreach (var id in ids)
        {
            Assert.True((await store.FindAsync(id, None))!.IsDeleted);
        }

        Assert.Empty((await store.ListAsync(new JobFilter(), after: null, max: 100, None)).Jobs);
    }

    [Fact]
    public async Task Cleanups_asked_for_at_once_are_all_answered_and_count_each_job_once()
    {
        await using var tree = await Tree.StartAsync(
            instances: 1, fleet => fleet with { SweepInterval = TimeSpan.FromHours(1) });
        var kept = await tree.SubmitAsync();
        await Tree.SubmissionAsync(tree.Instances[0]);
        for (var i = 0; i < 5; i++)
        {
            await CancelledAsync(tree);
        }

        var counts = await Task.WhenAll(tree.CleanUpAsync(), tree.CleanUpAsync(), tree.CleanUpAsync());

        Assert.Equal([5, 0, 0], counts);
        Assert.Null((await tree.Store.FindAsync(kept, None))!.ExpiredAt);
    }

    [Fact]
    public async Task A_cleanup_is_done_although_ever_more_jobs_end_meanwhile()
    {
        var store = new FaultyStore();
        await using var tree = await Tree.StartAsync(
            instances: 1, fleet => fleet with { SweepInterval = TimeSpan.FromHours(1) }, store);
        await CancelledAsync(tree);
        var endless = 0;
        store.Fails = batch =>
        {
            if (batch.Any(commit => commit.Events.Any(happened => happened is Messages.Jobs.Expired)))
            {
                endless++;
                AddEnded(store);
            }

            return false;
        };

        Assert.Equal(1, await tree.CleanUpAsync());
        Assert.Equal(1, endless);
    }

    /// <summary>A job that ends while others are expired.</summary>
    private static void AddEnded(FaultyStore store)
    {
        var at = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1);
        var submitted = new Messages.Jobs.Submitted(JobId.New(at), Samples.Name, Inputs.Empty, 0, at);
        var cancelled = new Messages.Jobs.Cancelled(submitted.JobId, at);
        var job = Job.From(submitted);
        _ = store.Inner.CommitAsync(
            [new JobCommit(job, [submitted]), new JobCommit(job.Apply(cancelled), [cancelled])], None);
    }

    private static async Task<JobId> CancelledAsync(Tree tree)
    {
        var id = await tree.SubmitAsync();
        await tree.CancelAsync(id);
        await tree.EndOfAsync(id);
        return id;
    }
}

using AkkaComfy.Actors.Tests.Support;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Tests;

/// <summary>Effects wait for their record; a failed record restarts the supervisor, which loses nothing.</summary>
public sealed class DurabilityTests
{
    [Fact]
    public async Task Nothing_is_answered_or_posted_before_it_is_recorded()
    {
        var store = new FaultyStore();
        await using var tree = await Tree.StartAsync(instances: 1, store: store);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        store.Gate = gate.Task;

        var submission = tree.TrySubmitAsync();
        await tree.FleetAsync();
        Assert.False(submission.IsCompleted);
        Assert.False(tree.Instances[0].Submissions.Reader.TryRead(out _));
        gate.SetResult();

        Assert.IsType<Messages.Jobs.Accepted>(await submission);
        await Tree.SubmissionAsync(tree.Instances[0]);
    }

    [Fact]
    public async Task A_submission_that_cannot_be_recorded_is_refused()
    {
        var store = new FaultyStore();
        await using var tree = await Tree.StartAsync(instances: 1, store: store);

        store.Fails = _ => true;
        var refused = Assert.IsType<Messages.Jobs.Refused>(await tree.TrySubmitAsync());
        store.Fails = _ => false;
        var id = await tree.SubmitAsync();
        tree.Instances[0].Finish((await Tree.SubmissionAsync(tree.Instances[0])).PromptId);

        Assert.Equal(RefusalReason.StoreUnavailable, refused.Why.Reason);
        Assert.Equal(JobPhase.Completed, (await tree.EndOfAsync(id)).Phase);
    }

    [Fact]
    public async Task An_end_that_cannot_be_recorded_restarts_the_supervisor_and_the_job_ends_all_the_same()
    {
        var store = new FaultyStore();
        await using var tree = await Tree.StartAsync(instances: 1, store: store);
        var comfy = tree.Instances[0];
        var running = await tree.SubmitAsync();
        var pending = await tree.SubmitAsync();
        var prompt = await Tree.SubmissionAsync(comfy);

        var failures = 0;
        store.Fails = batch => batch.Any(commit => commit.After.HasEnded) && Interlocked.Increment(ref failures) == 1;
        comfy.Finish(prompt.PromptId);
        await tree.UntilJobAsync(running, job => job.Phase == JobPhase.Completed);
        var other = await Tree.SubmissionAsync(comfy);
        comfy.Finish(other.PromptId);
        await tree.UntilJobAsync(pending, job => job.Phase == JobPhase.Completed);

        var job = (await store.FindAsync(running, CancellationToken.None))!;
        Assert.Equal((1, 3), (job.Attempts.Length, failures));
    }

    [Fact]
    public async Task A_store_that_is_down_is_tried_again_until_it_is_back()
    {
        var store = new FaultyStore();
        await using var tree = await Tree.StartAsync(instances: 1, store: store);
        var comfy = tree.Instances[0];
        var id = await tree.SubmitAsync();
        var prompt = await Tree.SubmissionAsync(comfy);

        store.IsDown = true;
        store.Fails = _ => true;
        comfy.Finish(prompt.PromptId);
        Messages.Jobs.IReply refused;
        do
        {
            refused = await tree.TrySubmitAsync();
        }
        while (refused is not Messages.Jobs.Refused { Why.Message: "The job store is not available." });
        store.Fails = _ => false;
        store.IsDown = false;

        await tree.UntilJobAsync(id, job => job.Phase == JobPhase.Completed);
        Assert.Single((await store.FindAsync(id, CancellationToken.None))!.Attempts);
    }

    [Fact]
    public async Task Steps_that_wait_are_recorded_in_one_transaction()
    {
        var store = new FaultyStore();
        await using var tree = await Tree.StartAsync(instances: 1, store: store);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        store.Gate = gate.Task;

        var submissions = Enumerable.Range(0, 100).Select(_ => tree.TrySubmitAsync()).ToArray();
        await tree.FleetAsync();
        gate.SetResult();
        await Task.WhenAll(submissions);

        Assert.InRange(store.Commits, 1, 30);
    }

    [Fact]
    public async Task An_ended_job_expires_and_its_files_go()
    {
        await using var tree = await Tree.StartAsync(
            instances: 1, fleet => fleet with { Retention = TimeSpan.FromMilliseconds(100) });
        var comfy = tree.Instances[0];
        var id = await tree.SubmitAsync();
        comfy.Finish((await Tree.SubmissionAsync(comfy)).PromptId);
        var job = await tree.EndOfAsync(id);
        var output = job.Outputs.Single().Blob.Id;

        await tree.UntilJobAsync(id, ended => ended.ExpiredAt is not null);

        Assert.True(SpinWait.SpinUntil(() => IsGone(tree, output), TimeSpan.FromSeconds(20)));
    }

    private static bool IsGone(Tree tree, BlobId id)
    {
        try
        {
            using var stream = tree.Blobs.OpenRead(id);
            return false;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
    }
}

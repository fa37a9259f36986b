using AkkaComfy.Actors.Tests.Support;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Tests;

/// <summary>The same submission again, while and after the first is recorded.</summary>
public sealed class KeyTests
{
    private static readonly IdempotencyKey Key = new("k", "hash");

    [Fact]
    public async Task Of_many_submissions_at_once_with_one_key_one_makes_the_job()
    {
        await using var tree = await Tree.StartAsync(instances: 1);

        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => tree.TrySubmitAsync(key: Key)));

        var accepted = Assert.Single(replies.OfType<Messages.Jobs.Accepted>());
        Assert.Equal(49, replies.Count(reply => reply is Messages.Jobs.Replayed && reply.JobId == accepted.JobId));
        Assert.Equal(1, (await tree.Store.CountAsync(CancellationToken.None)).Sum(count => count.Jobs));
    }

    [Fact]
    public async Task Another_request_with_a_key_that_is_being_recorded_is_refused()
    {
        var (store, open) = Gated();
        await using var tree = await Tree.StartAsync(instances: 1, store: store);
        var first = tree.TrySubmitAsync(key: Key);
        await tree.UntilStoreIsAskedAsync(store);
        var other = tree.TrySubmitAsync(key: Key with { RequestHash = "another" });
        open.SetResult();

        Assert.IsType<Messages.Jobs.Accepted>(await first);
        Assert.Equal(RefusalReason.KeyReused, Assert.IsType<Messages.Jobs.Refused>(await other).Why.Reason);
    }

    [Fact]
    public async Task When_the_first_cannot_be_recorded_none_is_and_the_key_is_free()
    {
        var (store, open) = Gated();
        store.Fails = batch => batch.Any(commit => commit.IsSubmission);
        await using var tree = await Tree.StartAsync(instances: 1, store: store);
        var first = tree.TrySubmitAsync(key: Key);
        await tree.UntilStoreIsAskedAsync(store);
        var second = tree.TrySubmitAsync(key: Key);
        await tree.FleetAsync();
        open.SetResult();

        Assert.All([await first, await second], reply => Assert.Equal(
            RefusalReason.StoreUnavailable, Assert.IsType<Messages.Jobs.Refused>(reply).Why.Reason));
        store.Fails = _ => false;
        Assert.IsType<Messages.Jobs.Accepted>(await tree.TrySubmitAsync(key: Key with { RequestHash = "another" }));
    }

    [Fact]
    public async Task A_refused_submission_leaves_the_key_to_the_next()
    {
        await using var tree = await Tree.StartAsync(
            instances: 1, fleet => fleet with { MaxQueueLength = 1, MaxConcurrentJobs = 1 });
        await tree.SubmitAsync();
        await Tree.SubmissionAsync(tree.Instances[0]);
        var waiting = await tree.SubmitAsync();

        var refused = await tree.TrySubmitAsync(key: Key);
        await tree.CancelAsync(waiting);
        var accepted = await tree.TrySubmitAsync(key: Key);

        Assert.Equal(RefusalReason.QueueFull, Assert.IsType<Messages.Jobs.Refused>(refused).Why.Reason);
        Assert.IsType<Messages.Jobs.Accepted>(accepted);
        Assert.Equal(accepted.JobId, Assert.IsType<Messages.Jobs.Replayed>(await tree.TrySubmitAsync(key: Key)).JobId);
    }

    [Fact]
    public async Task A_key_that_another_process_takes_meanwhile_leads_to_that_process_s_job()
    {
        var (store, open) = Gated();
        await using var tree = await Tree.StartAsync(instances: 1, store: store);
        var submission = tree.TrySubmitAsync(key: Key);
        await tree.UntilStoreIsAskedAsync(store);
        var theirs = JobId.New(TimeProvider.System.GetUtcNow());
        var submitted = new Messages.Jobs.Submitted(
            theirs, Samples.Name, Inputs.Empty, 0, TimeProvider.System.GetUtcNow());
        await store.Inner.CommitAsync(
            [new JobCommit(Job.From(submitted), [submitted], Key: Key)], CancellationToken.None);
        open.SetResult();

        Assert.Equal(theirs, Assert.IsType<Messages.Jobs.Replayed>(await submission).JobId);
    }

    private static (FaultyStore Store, TaskCompletionSource Open) Gated()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (new FaultyStore { Gate = gate.Task }, gate);
    }
}

using Akka.Actor;
using AkkaComfy.Actors.Tests.Faults.Support;
using AkkaComfy.Actors.Tests.Support;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Tests.Faults.Supervisor;

/// <summary>What clients asked of a supervisor that restarts is answered by the next incarnation.</summary>
public sealed class AskedAgainTests : IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly ScriptedStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_deletion_that_cannot_be_recorded_is_made_all_the_same()
    {
        await using var tree = await StartAsync();
        var id = await CompletedAsync(tree);
        FailOnce(typeof(Messages.Jobs.Deleted));

        Assert.IsType<Messages.Jobs.Gone>(await tree.DeleteAsync(id));

        Assert.True((await _store.FindAsync(id, None))!.IsDeleted);
    }

    [Fact]
    public async Task A_cleanup_that_cannot_be_recorded_is_made_all_the_same_for_all_who_asked()
    {
        await using var tree = await StartAsync();
        var id = await CompletedAsync(tree);
        FailOnce(typeof(Messages.Jobs.Expired));

        var counts = await Task.WhenAll(tree.CleanUpAsync(), tree.CleanUpAsync());

        Assert.Equal(1, counts.Sum());
        Assert.NotNull((await _store.FindAsync(id, None))!.ExpiredAt);
    }

    [Fact]
    public async Task The_files_of_a_job_go_although_its_deletion_was_recorded_during_a_restart()
    {
        await using var tree = await StartAsync();
        var ended = await CompletedAsync(tree);
        var output = Assert.Single((await _store.FindAsync(ended, None))!.Outputs).Blob.Id;
        var running = await tree.SubmitAsync();
        await Tree.SubmissionAsync(tree.Instances[0]);
        FailOnce(typeof(Messages.Jobs.CancelRequested));

        // The deletion is queued behind the cancel, whose failure restarts the supervisor.
        _store.Commits.IsShut = true;
        var cancel = tree.CancelAsync(running);
        await VirtualTime.EventuallyAsync(() => _store.Commits.Held > 0, "the cancel is being recorded");
        _store.Reads.IsShut = true;
        var deletion = tree.DeleteAsync(ended);
        await VirtualTime.EventuallyAsync(() => _store.Reads.Held > 0, "the job is being read");
        _store.Reads.Open();
        await tree.FleetAsync();
        _store.Commits.Open();

        Assert.IsType<Messages.Jobs.Refused>(await cancel);
        Assert.IsType<Messages.Jobs.Gone>(await deletion);
        await VirtualTime.EventuallyAsync(() => !tree.Blobs.All().Contains(output), "the file is deleted");
    }

    [Fact]
    public async Task Submissions_that_wait_for_their_key_are_answered_although_the_supervisor_restarts()
    {
        await using var tree = await StartAsync();
        var running = await tree.SubmitAsync();
        await Tree.SubmissionAsync(tree.Instances[0]);
        FailOnce(typeof(Messages.Jobs.CancelRequested));
        _store.Commits.IsShut = true;
        var cancel = tree.CancelAsync(running);
        await VirtualTime.EventuallyAsync(() => _store.Commits.Held > 0, "the cancel is being recorded");

        var submissions = Enumerable.Range(0, 3)
            .Select(_ => tree.TrySubmitAsync(key: new IdempotencyKey("k", "hash"))).ToList();
        await tree.FleetAsync();
        _store.Commits.Open();

        await cancel;
        var replies = await Task.WhenAll(submissions);
        var accepted = Assert.Single(replies.OfType<Messages.Jobs.Accepted>());
        Assert.Equal(2, replies.Count(reply => reply is Messages.Jobs.Replayed && reply.JobId == accepted.JobId));
    }

    private Task<Tree> StartAsync() =>
        Tree.StartAsync(instances: 1, fleet => fleet with { SweepInterval = TimeSpan.FromHours(1) }, _store);

    private static async Task<JobId> CompletedAsync(Tree tree)
    {
        var id = await tree.SubmitAsync();
        tree.Instances[0].Finish((await Tree.SubmissionAsync(tree.Instances[0])).PromptId);
        await tree.EndOfAsync(id);
        return id;
    }

    private void FailOnce(Type step)
    {
        var failures = 0;
        _store.Fails = batch => batch.Any(commit => commit.Events.Any(happened => happened.GetType() == step))
            && Interlocked.CompareExchange(ref failures, 1, 0) == 0;
    }
}

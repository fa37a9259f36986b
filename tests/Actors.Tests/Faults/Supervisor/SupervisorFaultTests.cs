using Akka.Actor;
using AkkaComfy.Actors.Tests.Faults.Support;
using AkkaComfy.Actors.Tests.Support;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Tests.Faults.Supervisor;

/// <summary>The supervisor over a store that fails: it restarts, and every job ends as if it had not.</summary>
public sealed class SupervisorFaultTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ScriptedStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    public static TheoryData<Type> StepsOfAJob =>
    [
        typeof(Messages.Jobs.Dispatched), typeof(Messages.Jobs.Started), typeof(Messages.Jobs.Completed),
    ];

    [Theory]
    [MemberData(nameof(StepsOfAJob))]
    public async Task A_step_that_cannot_be_recorded_is_taken_again_and_who_waits_is_told_of_the_end(Type step)
    {
        await using var tree = await Tree.StartAsync(instances: 1, store: _store);
        var comfy = tree.Instances[0];
        var failures = FailOnce(step);

        var id = await tree.SubmitAsync();
        var end = tree.Jobs.Ask<Messages.Jobs.Ended>(new Messages.Jobs.AwaitEnd(id), Patience);
        var prompt = await Tree.SubmissionAsync(comfy);
        comfy.Run(prompt.PromptId);
        await tree.UntilJobAsync(id, job => job.LastAttempt?.StartedAt is not null);
        comfy.Finish(prompt.PromptId);

        Assert.Equal(id, (await end).JobId);
        Assert.Equal(1, failures());
        var job = (await _store.FindAsync(id, CancellationToken.None))!;
        Assert.Equal((JobPhase.Completed, 1), (job.Phase, job.Attempts.Length));
        Assert.Single(EndsOf(id));
        Assert.False(comfy.Submissions.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_cancel_that_cannot_be_recorded_is_refused_and_can_be_asked_again()
    {
        await using var tree = await Tree.StartAsync(instances: 1, store: _store);
        var id = await tree.SubmitAsync();
        tree.Instances[0].Run((await Tree.SubmissionAsync(tree.Instances[0])).PromptId);
        FailOnce(typeof(Messages.Jobs.CancelRequested));

        var refused = Assert.IsType<Messages.Jobs.Refused>(await tree.CancelAsync(id));
        Assert.Equal(RefusalReason.StoreUnavailable, refused.Why.Reason);
        Assert.IsType<Messages.Jobs.CancelAccepted>(await tree.CancelAsync(id));

        Assert.Equal(JobPhase.Cancelled, (await tree.EndOfAsync(id)).Phase);
        Assert.Single(EndsOf(id));
    }

    [Fact]
    public async Task A_cancel_of_a_pending_job_that_cannot_be_recorded_is_refused_and_can_be_asked_again()
    {
        await using var tree = await Tree.StartAsync(
            instances: 1, fleet => fleet with { MaxJobsPerInstance = 1 }, _store);
        await tree.SubmitAsync();
        await Tree.SubmissionAsync(tree.Instances[0]);
        var pending = await tree.SubmitAsync();
        FailOnce(typeof(Messages.Jobs.Cancelled));

        Assert.IsType<Messages.Jobs.Refused>(await tree.CancelAsync(pending));
        Assert.IsType<Messages.Jobs.CancelAccepted>(await tree.CancelAsync(pending));

        Assert.Equal(JobPhase.Cancelled, (await tree.EndOfAsync(pending)).Phase);
    }

    [Fact]
    public async Task A_requeue_that_cannot_be_recorded_is_found_out_again_after_the_restart()
    {
        await using var tree = await Tree.StartAsync(instances: 1, store: _store);
        var comfy = tree.Instances[0];
        var id = await tree.SubmitAsync();
        comfy.Run((await Tree.SubmissionAsync(comfy)).PromptId);
        FailOnce(typeof(Messages.Jobs.Requeued));

        comfy.Restart();
        comfy.Finish((await Tree.SubmissionAsync(comfy)).PromptId);
        var job = await tree.EndOfAsync(id);

        Assert.Equal(JobPhase.Completed, job.Phase);
        // The dispatch decided behind the requeue may have been recorded: an attempt that was never posted, at no cost.
        Assert.InRange(job.Attempts.Length, 2, 3);
        Assert.False(comfy.Submissions.Reader.TryRead(out _));
        Assert.Single(EndsOf(id));
    }

    [Fact]
    public async Task Restarted_with_jobs_in_every_phase_it_brings_each_to_its_own_end()
    {
        await using var tree = await Tree.StartAsync(
            instances: 1, fleet => fleet with { MaxJobsPerInstance = 2, ClaimWindow = 1 }, _store);
        var comfy = tree.Instances[0];
        comfy.HonoursInterrupts = false;
        var (running, cancelling) = (await tree.SubmitAsync(), await tree.SubmitAsync());
        var (first, second) = (await Tree.SubmissionAsync(comfy), await Tree.SubmissionAsync(comfy));
        comfy.Run(first.PromptId);
        comfy.Run(second.PromptId);
        var (claimed, waiting) = (await tree.SubmitAsync(), await tree.SubmitAsync());
        await tree.CancelAsync(cancelling);
        await tree.UntilJobAsync(cancelling, job => job.CancelRequested);

        // A cancelled job whose end cannot be recorded brings the supervisor down amid all of these.
        var unlucky = await tree.SubmitAsync();
        FailOnce(typeof(Messages.Jobs.Cancelled));
        Assert.IsType<Messages.Jobs.Refused>(await tree.CancelAsync(unlucky));
        comfy.HonoursInterrupts = true;
        comfy.Finish(running.ToString() == first.Tag!.Job ? first.PromptId : second.PromptId);
        foreach (var id in (JobId[])[claimed, waiting, unlucky])
        {
            var prompt = await Tree.SubmissionAsync(comfy);
            Assert.Equal(id.ToString(), prompt.Tag!.Job);
            comfy.Finish(prompt.PromptId);
        }

        Assert.Equal(JobPhase.Cancelled, (await tree.EndOfAsync(cancelling)).Phase);
        foreach (var id in (JobId[])[running, claimed, waiting, unlucky])
        {
            Assert.Equal((JobPhase.Completed, 1),
                await tree.EndOfAsync(id) is var job ? (job.Phase, job.Attempts.Length) : default);
            Assert.Single(EndsOf(id));
        }
    }

    [Fact]
    public async Task A_store_that_answers_late_does_not_bring_an_ended_job_back()
    {
        await using var tree = await Tree.StartAsync(
            instances: 1, fleet => fleet with { MaxJobsPerInstance = 1, ClaimWindow = 1 }, _store);
        var comfy = tree.Instances[0];
        var ids = new List<JobId>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add(await tree.SubmitAsync());
        }

        // Only the store knows the last one yet; what it says of it is held back until that has long ended.
        _store.Reads.IsShut = true;
        var end = tree.Jobs.Ask<Messages.Jobs.IReply>(new Messages.Jobs.AwaitEnd(ids[^1]), Patience);
        var cancel = tree.CancelAsync(ids[^1]);
        await VirtualTime.EventuallyAsync(() => _store.Reads.Held > 0, "the store is asked");
        foreach (var _ in ids)
        {
            comfy.Finish((await Tree.SubmissionAsync(comfy)).PromptId);
        }

        Assert.IsType<Messages.Jobs.Ended>(await end);
        _store.Reads.Open();
        Assert.Equal(RefusalReason.AlreadyEnded, Assert.IsType<Messages.Jobs.Refused>(await cancel).Why.Reason);
        Assert.Equal(JobPhase.Completed, (await tree.EndOfAsync(ids[^1])).Phase);
        Assert.Single(EndsOf(ids[^1]));
    }

    private IEnumerable<Messages.Jobs.IEvent> EndsOf(JobId id) => _store.Committed
        .SelectMany(commit => commit.Events)
        .Where(happened => happened.JobId == id && happened is
            Messages.Jobs.Completed or Messages.Jobs.Failed or Messages.Jobs.Cancelled);

    /// <returns>How often it has failed.</returns>
    private Func<int> FailOnce(Type step)
    {
        var failures = 0;
        _store.Fails = batch => batch.Any(commit => commit.Events.Any(happened => happened.GetType() == step))
            && Interlocked.CompareExchange(ref failures, 1, 0) == 0;
        return () => Volatile.Read(ref failures);
    }
}

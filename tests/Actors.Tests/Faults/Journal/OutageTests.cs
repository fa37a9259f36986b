using Akka.Actor;
using Akka.TestKit;
using AkkaComfy.Actors.Journal;
using AkkaComfy.Actors.Tests.Faults.Support;
using AkkaComfy.Actors.Tests.Support;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Tests.Faults.Journal;

/// <summary>The journal while its store cannot record: nothing is accepted, and nothing accepted is lost.</summary>
public sealed class OutageTests : VirtualTime
{
    private readonly ScriptedStore _store = new() { Fault = new StoreUnavailableException(StoreFault.Full, "full") };
    private readonly TestProbe _supervisor;
    private bool _isFull = true;

    public OutageTests()
    {
        _supervisor = CreateTestProbe();
        _store.Fails = _ => _isFull;
    }

    [Fact]
    public async Task Submissions_are_refused_and_steps_recorded_in_order_once_it_is_over()
    {
        var (_, journal, _) = await Nursery.RaiseAsync(this, JobJournal.Props(_store), "journal");
        var job = await RecordedAsync(journal);
        var first = Tell(journal, Step(job));
        var refused = Tell(journal, Submission());
        Assert.Same(refused.Commit, (await FailedAsync()).Commit);
        var second = Tell(journal, Step(first.Commit.After));
        Assert.Same(Tell(journal, Submission()).Commit, (await FailedAsync()).Commit);
        journal.Tell(Journaling.Barrier.Instance, _supervisor.Ref);

        await AdvanceAsync(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1), journal);
        Assert.False(_supervisor.HasMessages);
        await EndOutageAsync(journal);

        Assert.Same(first.Commit, (await CommittedAsync()).Commit);
        Assert.Same(second.Commit, (await CommittedAsync()).Commit);
        await _supervisor.ExpectMsgAsync<Journaling.Barrier>(Patience);
        var accepted = Tell(journal, Submission());
        Assert.Same(accepted.Commit, (await CommittedAsync()).Commit);
        NothingIsScheduled();
    }

    [Fact]
    public async Task A_submission_alone_is_refused_with_the_cause_and_the_next_one_finds_the_store_back()
    {
        var (_, journal, _) = await Nursery.RaiseAsync(this, JobJournal.Props(_store), "journal");

        var refused = Tell(journal, Submission());
        var failed = await FailedAsync();
        _isFull = false;
        var accepted = Tell(journal, Submission());

        Assert.Same(refused.Commit, failed.Commit);
        Assert.Same(_store.Fault, failed.Cause);
        Assert.Same(accepted.Commit, (await CommittedAsync()).Commit);
        NothingIsScheduled();
    }

    [Fact]
    public async Task Steps_that_wait_outlive_a_restart_of_the_journal()
    {
        var (nursery, journal, _) = await Nursery.RaiseAsync(this, JobJournal.Props(_store), "journal");
        var step = Tell(journal, Step(await RecordedAsync(journal)));
        await SettleAsync(journal);

        await Nursery.RestartAsync(nursery);
        await AdvanceAsync(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1), journal);
        Assert.False(_supervisor.HasMessages);
        await EndOutageAsync(journal);

        Assert.Same(step.Commit, (await CommittedAsync()).Commit);
    }

    /// <summary>Until the journal has tried again: its last attempt may have been under way when the outage ended.</summary>
    private async Task EndOutageAsync(IActorRef journal)
    {
        _isFull = false;
        using var limit = new CancellationTokenSource(Patience);
        while (!_supervisor.HasMessages)
        {
            limit.Token.ThrowIfCancellationRequested();
            await AdvanceAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), journal);
        }
    }

    private async Task<Job> RecordedAsync(IActorRef journal)
    {
        _isFull = false;
        var append = Tell(journal, Submission());
        await CommittedAsync();
        _isFull = true;
        return append.Commit.After;
    }

    private JobCommit Submission()
    {
        var submitted = new Messages.Jobs.Submitted(
            JobId.New(Scheduler.Now), Samples.Name, Inputs.Empty, Priority: 0, Scheduler.Now);
        return new JobCommit(Job.From(submitted), [submitted]);
    }

    /// <summary>The next step of the job's only attempt.</summary>
    private JobCommit Step(Job job)
    {
        Messages.Jobs.IEvent happened = job.Phase == JobPhase.Pending
            ? JobDecisions.Dispatch(job, new InstanceId("a:8188"), PromptId.New(), Scheduler.Now)
            : new Messages.Jobs.Started(job.Id, 1, Scheduler.Now);
        return new JobCommit(job.Apply(happened), [happened]);
    }

    private Journaling.Append Tell(IActorRef journal, JobCommit commit)
    {
        var append = new Journaling.Append(commit, ActorRefs.Nobody);
        journal.Tell(append, _supervisor.Ref);
        return append;
    }

    private ValueTask<Journaling.Committed> CommittedAsync() =>
        _supervisor.ExpectMsgAsync<Journaling.Committed>(Patience);

    private ValueTask<Journaling.Failed> FailedAsync() => _supervisor.ExpectMsgAsync<Journaling.Failed>(Patience);
}

using Akka.Actor;
using Akka.TestKit;
using AkkaComfy.Actors.Journal;
using AkkaComfy.Actors.Tests.Faults.Support;
using AkkaComfy.Actors.Tests.Support;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Tests.Faults.Journal;

/// <summary>The journal over a store that fails, hangs and is slow, and across its own restarts.</summary>
public sealed class JournalFaultTests : VirtualTime
{
    private readonly ScriptedStore _store = new();
    private readonly TestProbe _supervisor;

    public JournalFaultTests() => _supervisor = CreateTestProbe();

    public static TheoryData<int> Waiting => [0, 1, 5, 600];

    [Fact]
    public async Task Nothing_is_answered_before_it_is_durable()
    {
        var (_, journal, _) = await Nursery.RaiseAsync(this, JobJournal.Props(_store), "journal");
        _store.Commits.IsShut = true;
        var append = await AppendHeldAsync(journal);
        Assert.False(_supervisor.HasMessages);

        _store.Commits.Open();

        Assert.Same(append.Commit, (await CommittedAsync()).Commit);
        Assert.Same(append.Commit, Assert.Single(_store.Committed));
    }

    [Fact]
    public async Task A_store_that_fails_once_fails_that_batch_and_no_other()
    {
        var (_, journal, _) = await Nursery.RaiseAsync(this, JobJournal.Props(_store), "journal");
        var failures = 0;
        _store.Fails = _ => Interlocked.Increment(ref failures) == 1;
        _store.Commits.IsShut = true;
        var first = await AppendHeldAsync(journal);
        var (second, third) = (Append(journal), Append(journal));

        _store.Commits.Open();

        var failed = await _supervisor.ExpectMsgAsync<Journaling.Failed>(Patience);
        Assert.Same(first.Commit, failed.Commit);
        Assert.IsType<IOException>(failed.Cause);
        Assert.Same(second.Commit, (await CommittedAsync()).Commit);
        Assert.Same(third.Commit, (await CommittedAsync()).Commit);
    }

    [Fact]
    public async Task A_store_that_always_fails_has_every_step_answered_as_failed_in_order()
    {
        var (_, journal, _) = await Nursery.RaiseAsync(this, JobJournal.Props(_store), "journal");
        _store.Fails = _ => true;

        var appends = Enumerable.Range(0, 50).Select(_ => Append(journal)).ToArray();

        foreach (var append in appends)
        {
            Assert.Same(append.Commit, (await _supervisor.ExpectMsgAsync<Journaling.Failed>(Patience)).Commit);
        }

        Assert.Empty(_store.Committed);
    }

    [Fact]
    public async Task A_store_that_hangs_is_asked_once_and_let_go_of_at_the_end()
    {
        var (_, journal, _) = await Nursery.RaiseAsync(this, JobJournal.Props(_store), "journal");
        _store.Commits.IsShut = true;
        await AppendHeldAsync(journal);
        Append(journal);
        journal.Tell(Journaling.Barrier.Instance, _supervisor.Ref);

        await AdvanceAsync(TimeSpan.FromHours(1), TimeSpan.FromHours(1), journal);
        Assert.Equal((1, 1, false), (_store.Commits.Held, _store.MostAtOnce, _supervisor.HasMessages));
        await EndAsync(journal, () => journal.Tell(PoisonPill.Instance));

        Assert.Equal(0, _store.Commits.Held);
        NothingIsScheduled();
    }

    [Fact]
    public async Task Steps_are_recorded_and_answered_in_the_order_in_which_they_came_one_batch_at_a_time()
    {
        var (_, journal, _) = await Nursery.RaiseAsync(this, JobJournal.Props(_store), "journal");

        var appends = Enumerable.Range(0, 2000).Select(_ => Append(journal)).ToArray();

        foreach (var append in appends)
        {
            Assert.Same(append.Commit, (await CommittedAsync()).Commit);
        }

        Assert.Equal(appends.Select(append => append.Commit), _store.Committed);
        Assert.Equal(1, _store.MostAtOnce);
    }

    [Fact]
    public async Task A_barrier_is_answered_behind_all_that_was_appended_before_it_and_at_once_if_nothing_was()
    {
        var (_, journal, _) = await Nursery.RaiseAsync(this, JobJournal.Props(_store), "journal");
        journal.Tell(Journaling.Barrier.Instance, _supervisor.Ref);
        await _supervisor.ExpectMsgAsync<Journaling.Barrier>(Patience);
        _store.Commits.IsShut = true;
        await AppendHeldAsync(journal);
        Append(journal);

        journal.Tell(Journaling.Barrier.Instance, _supervisor.Ref);
        _store.Commits.Open();

        await CommittedAsync();
        await CommittedAsync();
        await _supervisor.ExpectMsgAsync<Journaling.Barrier>(Patience);
    }

    [Theory]
    [MemberData(nameof(Waiting))]
    public async Task Restarted_with_steps_under_way_it_records_and_answers_each_exactly_once(int waiting)
    {
        var (nursery, journal, _) = await Nursery.RaiseAsync(this, JobJournal.Props(_store), "journal");
        _store.Commits.IsShut = true;
        var appends = new List<Journaling.Append> { await AppendHeldAsync(journal) };
        appends.AddRange(Enumerable.Range(0, waiting).Select(_ => Append(journal)));
        journal.Tell(Journaling.Barrier.Instance, _supervisor.Ref);

        await Nursery.RestartAsync(nursery);
        appends.Add(Append(journal));
        await SettleAsync(journal);
        Assert.False(_supervisor.HasMessages);
        Assert.Equal(1, _store.Commits.Held);
        _store.Commits.Open();

        foreach (var append in appends)
        {
            Assert.Same(append.Commit, (await CommittedAsync()).Commit);
        }

        await _supervisor.ExpectMsgAsync<Journaling.Barrier>(Patience);
        await SettleAsync(journal);
        Assert.False(_supervisor.HasMessages);
        Assert.Equal(appends.Select(append => append.Commit), _store.Committed);
    }

    [Fact]
    public async Task Restarted_while_a_batch_fails_it_says_so_once_and_goes_on()
    {
        var (nursery, journal, _) = await Nursery.RaiseAsync(this, JobJournal.Props(_store), "journal");
        var failures = 0;
        _store.Fails = _ => Interlocked.Increment(ref failures) == 1;
        _store.Commits.IsShut = true;
        var lost = await AppendHeldAsync(journal);
        var kept = Append(journal);

        await Nursery.RestartAsync(nursery);
        _store.Commits.Open();

        Assert.Same(lost.Commit, (await _supervisor.ExpectMsgAsync<Journaling.Failed>(Patience)).Commit);
        Assert.Same(kept.Commit, (await CommittedAsync()).Commit);
    }

    private Journaling.Append Append(IActorRef journal)
    {
        var submitted = new Messages.Jobs.Submitted(
            JobId.New(Scheduler.Now), Samples.Name, Inputs.Empty, Priority: 0, Scheduler.Now);
        var append = new Journaling.Append(new JobCommit(Job.From(submitted), [submitted]), ActorRefs.Nobody);
        journal.Tell(append, _supervisor.Ref);
        return append;
    }

    /// <summary>A step with which the store hangs.</summary>
    private async Task<Journaling.Append> AppendHeldAsync(IActorRef journal)
    {
        var append = Append(journal);
        await EventuallyAsync(() => _store.Commits.Held == 1, "the store is asked");
        return append;
    }

    private ValueTask<Journaling.Committed> CommittedAsync() =>
        _supervisor.ExpectMsgAsync<Journaling.Committed>(Patience);
}

using Akka.Actor;
using Akka.TestKit;
using AkkaComfy.Actors.Events;
using AkkaComfy.Actors.Journal;
using AkkaComfy.Actors.Telemetry;
using AkkaComfy.Actors.Tests.Faults.Support;
using AkkaComfy.Actors.Tests.Support;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Tests.Telemetry;

/// <summary>The vital actors are asked every second, and how long they take is shown.</summary>
public sealed class VitalsActorTests : VirtualTime
{
    private const string JobsWait = "akkacomfy.actor.mailbox_wait{actor=jobs}";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly HandClock _clock = new();
    private readonly Measured _measured = new();
    private readonly TestProbe _jobs;
    private readonly TestProbe _journal;
    private readonly IActorRef _vitals;

    public VitalsActorTests()
    {
        (_jobs, _journal) = (CreateTestProbe(), CreateTestProbe());
        var meters = new ServiceMeters(_measured, Samples.Catalog, _clock);
        _vitals = Sys.ActorOf(VitalsActor.Props(meters, _jobs.Ref, _journal.Ref, CreateTestProbe().Ref));
    }

    [Fact]
    public async Task What_they_answer_is_shown()
    {
        await AdvanceAsync(Second, Second, _vitals);
        await _jobs.ExpectMsgAsync<Instances.GetFleet>(Patience);
        await _journal.ExpectMsgAsync<Journaling.GetDepth>(Patience);
        _clock.Move(0.25);
        _vitals.Tell(new FleetSnapshot([], ActiveJobs: 3, MaxConcurrentJobs: 4, PendingJobs: 7, IsRunning: true));
        _vitals.Tell(new Journaling.Depth(Waiting: 5, IsDown: true));
        _vitals.Tell(new Listening.Audience(Listeners: 2));
        await SettleAsync(_vitals);
        _clock.Move(1);

        Assert.Equal(0.25, _measured.Observe(JobsWait));
        Assert.Equal(7, _measured.Observe("akkacomfy.job.pending{}"));
        Assert.Equal(3, _measured.Observe("akkacomfy.job.processing{}"));
        Assert.Equal(2, _measured.Observe("akkacomfy.events.listeners{}"));
        Assert.Equal(5, _measured.Observe("akkacomfy.journal.waiting{}"));
        Assert.Equal(0, _measured.Observe("akkacomfy.journal.available{}"));
    }

    [Fact]
    public async Task One_that_does_not_answer_has_one_question_to_answer_and_its_wait_grows()
    {
        await AdvanceAsync(Second, Second, _vitals);
        await _jobs.ExpectMsgAsync<Instances.GetFleet>(Patience);
        _clock.Move(5);
        await AdvanceAsync(TimeSpan.FromSeconds(8), Second, _vitals);

        Assert.False(_jobs.HasMessages);
        Assert.Equal(5, _measured.Observe(JobsWait));
        _clock.Move(1);
        Assert.Equal(6, _measured.Observe(JobsWait));
    }

    [Fact]
    public async Task An_answer_that_a_restart_has_lost_is_asked_for_again_and_the_wait_counts_from_the_first()
    {
        await AdvanceAsync(Second, Second, _vitals);
        await _jobs.ExpectMsgAsync<Instances.GetFleet>(Patience);
        _clock.Move(10);
        await AdvanceAsync(TimeSpan.FromSeconds(10), Second, _vitals);

        await _jobs.ExpectMsgAsync<Instances.GetFleet>(Patience);
        Assert.Equal(10, _measured.Observe(JobsWait));
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _measured.Dispose();
    }
}

using System.Diagnostics;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using static AkkaComfy.Core.Tests.Jobs.AJob;
using Happened = AkkaComfy.Messages.Jobs;

namespace AkkaComfy.Core.Tests.Jobs;

public sealed class JobTransitionTests
{
    private static readonly Dictionary<string, Job> States = new()
    {
        ["pending"] = Pending(),
        ["processing"] = Processing(),
        ["cancelling"] = Cancelling(),
        ["completed"] = Completed(),
        ["failed"] = Failed(),
        ["cancelled"] = Cancelled(),
        ["expired"] = Expired(),
        ["deleted"] = Deleted(),
    };

    private static readonly Dictionary<string, Happened.IEvent> Events = new()
    {
        ["submitted"] = new Happened.Submitted(Id, new WorkflowName("w"), Inputs.Empty, 0, Then),
        ["dispatched"] = new Happened.Dispatched(Id, A, 1, new PromptId("p"), Then),
        ["dispatched as another attempt"] = new Happened.Dispatched(Id, A, 7, new PromptId("p"), Then),
        ["started"] = new Happened.Started(Id, 1, Then),
        ["started in another attempt"] = new Happened.Started(Id, 7, Then),
        ["requeued"] = new Happened.Requeued(Id, 1, Fault(Blame.Worker), Then),
        ["requeued in another attempt"] = new Happened.Requeued(Id, 7, Fault(Blame.Worker), Then),
        ["cancel requested"] = new Happened.CancelRequested(Id, Then),
        ["completed"] = new Happened.Completed(Id, 1, Outputs, Then),
        ["completed in another attempt"] = new Happened.Completed(Id, 7, Outputs, Then),
        ["failed"] = new Happened.Failed(Id, Fault(Blame.Client), Then),
        ["cancelled"] = new Happened.Cancelled(Id, Then),
        ["expired"] = new Happened.Expired(Id, Then),
        ["deleted"] = new Happened.Deleted(Id, Then),
    };

    private static readonly Dictionary<(string State, string Event), JobPhase> Allowed = new()
    {
        [("pending", "dispatched")] = JobPhase.Processing,
        [("pending", "failed")] = JobPhase.Failed,
        [("pending", "cancelled")] = JobPhase.Cancelled,
        [("processing", "started")] = JobPhase.Processing,
        [("processing", "requeued")] = JobPhase.Pending,
        [("processing", "cancel requested")] = JobPhase.Processing,
        [("processing", "completed")] = JobPhase.Completed,
        [("processing", "failed")] = JobPhase.Failed,
        [("processing", "cancelled")] = JobPhase.Cancelled,
        [("cancelling", "started")] = JobPhase.Processing,
        [("cancelling", "completed")] = JobPhase.Completed,
        [("cancelling", "failed")] = JobPhase.Failed,
        [("cancelling", "cancelled")] = JobPhase.Cancelled,
        [("completed", "expired")] = JobPhase.Completed,
        [("failed", "expired")] = JobPhase.Failed,
        [("cancelled", "expired")] = JobPhase.Cancelled,
        [("completed", "deleted")] = JobPhase.Completed,
        [("failed", "deleted")] = JobPhase.Failed,
        [("cancelled", "deleted")] = JobPhase.Cancelled,
        [("expired", "deleted")] = JobPhase.Completed,
    };

    public static TheoryData<string, string> EveryPair()
    {
        var pairs = new TheoryData<string, string>();
        foreach (var state in States.Keys)
        {
            foreach (var happened in Events.Keys)
            {
                pairs.Add(state, happened);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void An_event_leads_where_the_table_says_or_is_a_bug(string state, string happened)
    {
        var job = States[state];
        if (!Allowed.TryGetValue((state, happened), out var phase))
        {
            Assert.Throws<UnreachableException>(() => job.Apply(Events[happened]));
            return;
        }

        var after = job.Apply(Events[happened]);
        Assert.Equal(phase, after.Phase);
        Assert.Equal(job.Version + 1, after.Version);
    }

    [Fact]
    public void An_attempt_keeps_when_it_was_dispatched_started_and_ended()
    {
        var job = Pending()
            .Apply(new Happened.Dispatched(Id, A, 1, new PromptId("p1"), Then.AddSeconds(1)))
            .Apply(new Happened.Started(Id, 1, Then.AddSeconds(2)))
            .Apply(new Happened.Completed(Id, 1, Outputs, Then.AddSeconds(3)));

        Assert.Equal(
            new Attempt(1, A, new PromptId("p1"), Then.AddSeconds(1), Then.AddSeconds(2), Then.AddSeconds(3)),
            job.LastAttempt);
        Assert.Equal(Then.AddSeconds(3), job.EndedAt);
        Assert.Equal(Outputs, job.Outputs);
    }

    [Fact]
    public void A_second_start_of_an_attempt_does_not_move_the_first()
    {
        var job = Processing().Apply(new Happened.Started(Id, 1, Then.AddSeconds(1)));

        Assert.Equal(Then.AddSeconds(1), job.Apply(new Happened.Started(Id, 1, Then.AddSeconds(9))).Current.StartedAt);
    }

    [Fact]
    public void An_expired_job_names_no_files_any_more()
    {
        Assert.Single(Completed().Blobs);
        Assert.Empty(Expired().Blobs);
        Assert.Equal(JobPhase.Completed, Expired().Phase);
    }

    [Fact]
    public void A_deleted_job_names_no_files_any_more_and_keeps_when_it_expired()
    {
        Assert.Empty(Deleted().Blobs);
        Assert.Equal(Then, Deleted().ExpiredAt);
        Assert.Equal(Then, Expired().Apply(new Happened.Deleted(Id, Then.AddHours(1))).ExpiredAt);
    }

    [Fact]
    public void A_job_that_does_not_run_has_no_current_attempt() =>
        Assert.Throws<UnreachableException>(() => Completed().Current);
}

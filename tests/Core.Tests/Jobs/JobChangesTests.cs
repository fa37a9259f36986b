using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Tests.Jobs;

public sealed class JobChangesTests
{
    [Fact]
    public void A_requeued_job_says_why_and_waits_since_then()
    {
        var running = AJob.Processing();
        var lost = new Messages.Jobs.Requeued(AJob.Id, 1, AJob.Fault(Blame.Network), AJob.Then.AddSeconds(5));

        var change = JobChanges.Of(running.Phase, lost, running.Apply(lost));

        Assert.Equal((JobStep.Requeued, JobPhase.Processing, JobPhase.Pending), (change.Step, change.Before, change.Phase));
        Assert.Equal((AJob.Fault(Blame.Network), 1, AJob.A), (change.Error, change.Attempt, change.On));
        Assert.Equal(AJob.Then.AddSeconds(5), change.QueuedAt);
        Assert.Null(change.EndedAt);
    }

    [Fact]
    public void The_second_attempt_says_how_long_it_waited_since_the_first_was_lost()
    {
        var again = AJob.Processing().Apply(
            new Messages.Jobs.Requeued(AJob.Id, 1, AJob.Fault(Blame.Network), AJob.Then.AddSeconds(5)));
        var dispatched = JobDecisions.Dispatch(again, AJob.B, new PromptId("p2"), AJob.Then.AddSeconds(7));

        var change = JobChanges.Of(again.Phase, dispatched, again.Apply(dispatched));

        Assert.Equal((2, AJob.B, new PromptId("p2")), (change.Attempt, change.On, change.PromptId));
        Assert.Equal(TimeSpan.FromSeconds(2), change.DispatchedAt - change.QueuedAt);
        Assert.Null(change.Error);
    }

    [Fact]
    public void A_job_that_expired_still_says_how_it_ended()
    {
        var failed = AJob.Failed();
        var expired = new Messages.Jobs.Expired(AJob.Id, AJob.Then.AddMinutes(5));

        var change = JobChanges.Of(failed.Phase, expired, failed.Apply(expired));

        Assert.Equal((JobStep.Expired, JobPhase.Failed, JobPhase.Failed), (change.Step, change.Before, change.Phase));
        Assert.Equal((failed.Error, failed.EndedAt), (change.Error, change.EndedAt));
    }

    [Fact]
    public void A_submission_has_no_phase_before()
    {
        var submitted = new Messages.Jobs.Submitted(
            AJob.Id, new WorkflowName("upscale-image"), Inputs.Empty, Priority: 0, AJob.Then);

        var change = JobChanges.Of(null, submitted, Job.From(submitted));

        Assert.Equal((JobStep.Submitted, null, 1, 0), (change.Step, change.Before, change.Version, change.Attempt));
        Assert.Equal(AJob.Then, change.QueuedAt);
    }
}

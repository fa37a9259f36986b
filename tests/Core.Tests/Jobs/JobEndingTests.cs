using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using static AkkaComfy.Core.Tests.Jobs.AJob;
using Happened = AkkaComfy.Messages.Jobs;

namespace AkkaComfy.Core.Tests.Jobs;

/// <summary>Giving up what waits too long, forgetting what is over.</summary>
public sealed class JobEndingTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact]
    public void A_job_may_wait_as_long_as_the_limit_and_no_longer()
    {
        Assert.Null(JobDecisions.QueueTimeout(Pending(), Limit, Then + Limit));

        var failed = JobDecisions.QueueTimeout(Pending(), Limit, Then + Limit + TimeSpan.FromMilliseconds(250));

        Assert.Equal(("queue_timeout", Blame.Timeout), (failed!.Error.Code, failed.Error.Blame));
        Assert.Contains("10.25 s", failed.Error.Message, StringComparison.Ordinal);
        Assert.Contains("MAX_QUEUE_TIME is 10000 ms", failed.Error.Message, StringComparison.Ordinal);
        Assert.Equal(JobPhase.Failed, Pending().Apply(failed).Phase);
    }

    [Fact]
    public void Without_a_limit_a_job_waits_for_ever() =>
        Assert.Null(JobDecisions.QueueTimeout(Pending(), TimeSpan.Zero, Then.AddYears(1)));

    [Fact]
    public void Only_what_waits_can_wait_too_long() => Assert.All(
        [Processing(), Cancelling(), Completed(), Failed(), Cancelled(), Expired(), Deleted()],
        job => Assert.Null(JobDecisions.QueueTimeout(job, Limit, Then.AddYears(1))));

    [Fact]
    public void A_requeued_job_waits_anew()
    {
        var requeued = Processing().Apply(new Happened.Requeued(Id, 1, Fault(Blame.Worker), Then.AddSeconds(60)));

        Assert.Equal(Then.AddSeconds(60), requeued.PendingSince);
        Assert.Null(JobDecisions.QueueTimeout(requeued, Limit, Then.AddSeconds(70)));
        Assert.NotNull(JobDecisions.QueueTimeout(requeued, Limit, Then.AddSeconds(71)));
    }

    [Fact]
    public void Only_what_has_ended_can_be_deleted_and_only_once()
    {
        Assert.All([Pending(), Processing(), Cancelling(), Deleted()], job => Assert.Null(JobDecisions.Delete(job, Then)));
        Assert.All([Completed(), Failed(), Cancelled(), Expired()], job => Assert.NotNull(JobDecisions.Delete(job, Then)));
    }

    [Fact]
    public void An_expired_job_is_known_for_a_day_and_a_deleted_one_not_at_all()
    {
        Assert.True(Completed().IsKnown(Then.AddYears(1)));
        Assert.True(Expired().IsKnown(Then.AddHours(24).AddTicks(-1)));
        Assert.False(Expired().IsKnown(Then.AddHours(24)));
        Assert.False(Deleted().IsKnown(Then));
    }
}

using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using static AkkaComfy.Core.Tests.Jobs.AJob;
using Happened = AkkaComfy.Messages.Jobs;

namespace AkkaComfy.Core.Tests.Jobs;

public sealed class BlameTests
{
    [Theory]
    [InlineData(Blame.Client)]
    [InlineData(Blame.Timeout)]
    [InlineData(Blame.Us)]
    public void What_another_instance_would_not_mend_fails_at_once_in_its_own_words(Blame blame)
    {
        var failed = Assert.IsType<Happened.Failed>(Processing().Lose(Fault(blame)));

        Assert.Equal(Fault(blame), failed.Error);
    }

    [Theory]
    [InlineData(Blame.Worker)]
    [InlineData(Blame.Network)]
    [InlineData(Blame.WorkerThisJob)]
    [InlineData(Blame.Interrupted)]
    public void What_another_instance_may_mend_is_requeued(Blame blame) =>
        Assert.IsType<Happened.Requeued>(Processing().Lose(Fault(blame)));

    [Fact]
    public void A_workers_complaint_about_this_job_is_believed_when_a_second_instance_repeats_it()
    {
        var second = Pending().LosingOn(A, Fault(Blame.WorkerThisJob)).On(B);

        var failed = Assert.IsType<Happened.Failed>(second.Lose(Fault(Blame.WorkerThisJob)));
        Assert.Equal(Fault(Blame.WorkerThisJob), failed.Error);
    }

    [Fact]
    public void A_workers_complaint_about_this_job_is_believed_when_the_only_instance_repeats_it()
    {
        var second = Pending().LosingOn(A, Fault(Blame.WorkerThisJob)).On(A);

        var failed = Assert.IsType<Happened.Failed>(second.Lose(Fault(Blame.WorkerThisJob)));
        Assert.Equal(Fault(Blame.WorkerThisJob), failed.Error);
    }

    [Theory]
    [InlineData(Blame.Worker)]
    [InlineData(Blame.Network)]
    public void Faulty_instances_use_up_the_attempts(Blame blame)
    {
        var third = Pending().LosingOn(A, Fault(blame)).LosingOn(B, Fault(blame)).On(C);

        var failed = Assert.IsType<Happened.Failed>(third.Lose(Fault(blame)));
        Assert.Equal("attempts_exhausted", failed.Error.Code);
        Assert.Contains("All 3 attempts", failed.Error.Message, StringComparison.Ordinal);
        Assert.Contains($"It was {blame}.", failed.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_during_which_two_instances_died_is_poison_and_not_tried_on_a_third()
    {
        var second = Pending().LosingOn(A, Fault(Blame.Worker, died: true)).On(B);

        var failed = Assert.IsType<Happened.Failed>(second.Lose(Fault(Blame.Worker, died: true)));
        Assert.Equal("poison_job", failed.Error.Code);
    }

    [Fact]
    public void The_same_instance_dying_twice_does_not_make_a_job_poison()
    {
        var second = Pending().LosingOn(A, Fault(Blame.Worker, died: true)).On(A);

        Assert.IsType<Happened.Requeued>(second.Lose(Fault(Blame.Worker, died: true)));
    }

    [Fact]
    public void A_network_fault_after_a_death_does_not_make_a_job_poison()
    {
        var second = Pending().LosingOn(A, Fault(Blame.Worker, died: true)).On(B);

        Assert.IsType<Happened.Requeued>(second.Lose(Fault(Blame.Network)));
    }

    [Fact]
    public void An_interruption_by_a_stranger_costs_no_attempt_whatever_the_report_says()
    {
        var job = Pending();
        for (var i = 0; i < 5; i++)
        {
            job = job.LosingOn(A, Fault(Blame.Interrupted, charges: true));
        }

        Assert.Equal(0, job.ChargedAttempts);
        Assert.Equal(5, job.Attempts.Length);
    }

    [Fact]
    public void A_refusal_by_the_preflight_check_costs_no_attempt()
    {
        var job = Pending();
        for (var i = 0; i < 10; i++)
        {
            job = job.LosingOn(A, Fault(Blame.Network, charges: false));
        }

        Assert.IsType<Happened.Requeued>(job.On(A).Lose(Fault(Blame.Worker)));
    }

    [Fact]
    public void Even_free_attempts_are_bounded()
    {
        var job = Pending();
        for (var i = 0; i < Policy.MaxFree; i++)
        {
            job = job.LosingOn(A, Fault(Blame.Interrupted));
        }

        var failed = Assert.IsType<Happened.Failed>(job.On(A).Lose(Fault(Blame.Interrupted)));
        Assert.Equal("attempts_exhausted", failed.Error.Code);
    }

    [Theory]
    [InlineData(Blame.Client)]
    [InlineData(Blame.Worker)]
    [InlineData(Blame.Interrupted)]
    public void A_job_that_is_being_cancelled_ends_cancelled_however_its_attempt_is_lost(Blame blame) =>
        Assert.IsType<Happened.Cancelled>(Cancelling().Lose(Fault(blame)));

    [Fact]
    public void A_prompt_is_waited_for_only_where_and_while_its_attempt_is_under_way()
    {
        var job = Pending().On(A);

        Assert.True(JobDecisions.WaitsFor(job, A, attempt: 1));
        Assert.False(JobDecisions.WaitsFor(job, A, attempt: 2));
        Assert.False(JobDecisions.WaitsFor(job, B, attempt: 1));
        Assert.All<Job?>([null, Pending(), Completed(), Pending().LosingOn(A, Fault(Blame.Worker))],
            other => Assert.False(JobDecisions.WaitsFor(other, A, attempt: 1)));
    }

    [Fact]
    public void An_attempt_aborted_on_request_ends_the_job() =>
        Assert.IsType<Happened.Cancelled>(JobDecisions.Aborted(Cancelling(), Policy, Then));

    [Fact]
    public void An_attempt_aborted_by_nobody_here_is_requeued_for_free()
    {
        var requeued = Assert.IsType<Happened.Requeued>(JobDecisions.Aborted(Processing(), Policy, Then));

        Assert.Equal(Blame.Interrupted, requeued.Why.Blame);
        Assert.False(requeued.Why.ChargesAttempt);
    }

    [Fact]
    public void Cancelling_is_immediate_while_pending_requested_while_processing_and_nothing_afterwards()
    {
        Assert.IsType<Happened.Cancelled>(JobDecisions.Cancel(Pending(), Then));
        Assert.IsType<Happened.CancelRequested>(JobDecisions.Cancel(Processing(), Then));
        Assert.Null(JobDecisions.Cancel(Cancelling(), Then));
        Assert.All(
            [Completed(), Failed(), Cancelled(), Expired()],
            ended => Assert.Null(JobDecisions.Cancel(ended, Then)));
    }
}

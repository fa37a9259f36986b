using Akka.Actor;
using AkkaComfy.Actors.Instance;
using AkkaComfy.Actors.Tests.Faults.Support;
using AkkaComfy.Messages;
using AkkaComfy.Storage;
using Protocol = AkkaComfy.Actors.Instance.Health;

namespace AkkaComfy.Actors.Tests.Faults.Execution;

/// <summary>An instance that cannot be reached, that answers nobody, or that has lost everything, in each step.</summary>
public sealed class UnreachableTests : VirtualTime
{
    public static TheoryData<Step> Steps => [.. Enum.GetValues<Step>()];

    public static TheoryData<Step> StepsThatAsk => [.. Enum.GetValues<Step>().Except([Step.Checking, Step.Reported])];

    /// <summary>A post is never repeated: that it failed is known, or it is looked for.</summary>
    public static TheoryData<Step> StepsThatAskAgain =>
        [Step.Seeking, Step.Waiting, Step.Running, Step.Ending, Step.Collecting];

    [Theory]
    [MemberData(nameof(StepsThatAsk))]
    public async Task Out_of_reach_for_good_the_attempt_is_given_up_once_and_the_network_is_to_blame(Step step)
    {
        var execution = await AnExecution.InAsync(this, step);

        execution.Comfy.Outage = ScriptedComfy.NoAnswer();
        execution.Comfy.GateOf(Call.Submit).Open();
        execution.Comfy.GateOf(Call.View).Open();
        await execution.TellAsync(Connections.Lost.Instance);
        await execution.AdvanceAsync(TimeSpan.FromSeconds(30));

        var end = Assert.IsType<Executions.Faulted>(Assert.Single(execution.Ends));
        Assert.Equal(Blame.Network, end.Error.Blame);
        Assert.Equal(Blame.Network, Assert.Single(execution.ToldHealth<Protocol.Observed>()).Error.Blame);
        Assert.InRange(execution.Comfy.Submissions.Count, 0, 1);
        await execution.ReleaseAsync();
    }

    [Theory]
    [MemberData(nameof(StepsThatAskAgain))]
    public async Task Out_of_reach_for_less_than_the_grace_costs_nothing_but_time(Step step)
    {
        var execution = await AnExecution.InAsync(this, step);

        execution.Comfy.Outage = ScriptedComfy.NoAnswer();
        await execution.AdvanceAsync(TimeSpan.FromSeconds(8));
        Assert.Empty(execution.Ends);
        await execution.HealAsync();

        Assert.Equal(
            step switch
            {
                Step.Ending => typeof(Executions.Aborted),
                Step.Seeking => typeof(Executions.Faulted),
                _ => typeof(Executions.Succeeded),
            },
            Assert.Single(execution.Ends).GetType());
        await execution.ReleaseAsync();
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task An_instance_that_lost_its_memory_is_found_out_and_the_attempt_ends_once(Step step)
    {
        var execution = await AnExecution.InAsync(this, step);

        execution.Comfy.Forget();
        await execution.TellAsync(Connections.Lost.Instance);
        await execution.AdvanceAsync(TimeSpan.FromSeconds(8));
        await execution.HealAsync();

        Assert.Single(execution.Ends);
        Assert.InRange(execution.Comfy.Submissions.Count, 0, 1);
        await execution.ReleaseAsync();
    }

    [Fact]
    public async Task Downloads_that_break_after_a_long_transfer_are_tried_again_rather_than_the_prompt()
    {
        var execution = await AnExecution.InAsync(this, Step.Collecting);
        var downloads = execution.Comfy.GateOf(Call.View);
        for (var broken = 0; broken < 2; broken++)
        {
            await execution.AdvanceAsync(TimeSpan.FromSeconds(30));
            execution.Comfy.Fail(Call.View, ScriptedComfy.Reset());
            downloads.Open();
            downloads.IsShut = true;
        }

        await execution.HealAsync();

        Assert.IsType<Executions.Succeeded>(Assert.Single(execution.Ends));
        Assert.Equal(3, execution.Comfy.Calls(Call.View));
        await execution.ReleaseAsync();
    }

    [Fact]
    public async Task A_long_post_that_breaks_at_its_end_is_looked_for_though_the_first_look_is_not_answered()
    {
        var execution = await AnExecution.InAsync(this, Step.Preparing);
        execution.Comfy.QueuesWhatFails = true;
        execution.Comfy.GateOf(Call.Submit).IsShut = true;
        await execution.AdvanceAsync(TimeSpan.FromSeconds(30));

        execution.Comfy.Fail(Call.Submit, ScriptedComfy.Reset());
        execution.Comfy.Fail(Call.Queue, ScriptedComfy.NoAnswer());
        execution.Comfy.GateOf(Call.Submit).Open();
        await execution.HealAsync();

        Assert.IsType<Executions.Succeeded>(Assert.Single(execution.Ends));
        Assert.Single(execution.Comfy.Submissions);
        await execution.ReleaseAsync();
    }

    [Fact]
    public async Task A_check_that_is_never_answered_ends_the_attempt_at_no_cost_and_frees_the_trial()
    {
        var execution = await AnExecution.InAsync(this, Step.Checking);

        await execution.AdvanceAsync(TimeSpan.FromSeconds(5.2));

        var end = Assert.IsType<Executions.Faulted>(Assert.Single(execution.Ends));
        Assert.False(end.Error.ChargesAttempt);
        Assert.Single(execution.ToldHealth<Protocol.ProvedNothing>());
        Assert.Empty(execution.Comfy.Submissions);
        await execution.ReleaseAsync();
    }

    [Fact]
    public async Task A_lease_that_never_comes_keeps_it_a_second_and_then_it_polls()
    {
        var execution = await AnExecution.InAsync(this, Step.Preparing);

        await execution.AdvanceAsync(TimeSpan.FromSeconds(1.2));
        Assert.Null(Assert.Single(execution.Comfy.Submissions).ClientId);
        execution.Comfy.Run();
        execution.Comfy.Finish();
        await execution.AdvanceAsync(TimeSpan.FromSeconds(0.6));

        Assert.IsType<Executions.Succeeded>(Assert.Single(execution.Ends));
        await execution.ReleaseAsync();
    }

    [Fact]
    public async Task A_lease_granted_after_the_submission_is_returned_at_once()
    {
        var execution = await AnExecution.InAsync(this, Step.Preparing);
        await execution.AdvanceAsync(TimeSpan.FromSeconds(1.2));
        Assert.Single(execution.Told<Connections.Return>());

        await execution.TellAsync(new Connections.Leased(ActorRefs.Nobody, "late"));

        Assert.Equal(2, execution.Told<Connections.Return>().Count());
        await execution.HealAsync();
        await execution.ReleaseAsync();
    }

    [Fact]
    public async Task An_adopted_prompt_that_is_nowhere_costs_nothing_and_frees_the_trial()
    {
        var execution = await AnExecution.StartAsync(this, adopt: true);

        await execution.AdvanceAsync(TimeSpan.FromSeconds(4));

        var end = Assert.IsType<Executions.Faulted>(Assert.Single(execution.Ends));
        Assert.Equal(("prompt_vanished", false), (end.Error.Code, end.Error.ChargesAttempt));
        Assert.Single(execution.ToldHealth<Protocol.ProvedNothing>());
        // Should it turn up there after all, it is not to run.
        Assert.Equal(1, execution.Comfy.Calls(Call.Delete));
        await execution.ReleaseAsync();
    }

    [Fact]
    public async Task A_post_of_unknown_outcome_that_was_queued_is_found_and_followed()
    {
        var execution = await AnExecution.InAsync(this, Step.Preparing);
        execution.Comfy.QueuesWhatFails = true;
        execution.Comfy.Fail(Call.Submit, ScriptedComfy.NoAnswer());

        await execution.AdvanceAsync(TimeSpan.FromSeconds(1.2));
        await execution.HealAsync();

        Assert.IsType<Executions.Succeeded>(Assert.Single(execution.Ends));
        Assert.Single(execution.Comfy.Submissions);
        await execution.ReleaseAsync();
    }

    [Fact]
    public async Task Outputs_for_which_there_is_no_room_are_fetched_again_until_there_is()
    {
        var execution = await AnExecution.InAsync(this, Step.Collecting);
        execution.Blobs.Fault = new StoreUnavailableException(StoreFault.Full, "full");

        execution.Comfy.GateOf(Call.View).Open();
        await execution.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Empty(execution.Ends);
        execution.Blobs.Fault = null;
        await execution.HealAsync();

        Assert.IsType<Executions.Succeeded>(Assert.Single(execution.Ends));
        Assert.Single(execution.Comfy.Submissions);
        await execution.ReleaseAsync();
    }

    [Fact]
    public async Task A_job_whose_outputs_wait_for_room_can_be_cancelled()
    {
        var execution = await AnExecution.InAsync(this, Step.Collecting);
        execution.Blobs.Fault = new StoreUnavailableException(StoreFault.Full, "full");
        execution.Comfy.GateOf(Call.View).Open();
        await execution.AdvanceAsync(TimeSpan.FromSeconds(5));

        await execution.AbortAsync();
        await execution.HealAsync();

        Assert.IsType<Executions.Aborted>(Assert.Single(execution.Ends));
        await execution.ReleaseAsync();
    }

    [Fact]
    public async Task Outputs_that_wait_in_the_mailbox_of_an_execution_that_stops_are_let_go_of()
    {
        var execution = await AnExecution.InAsync(this, Step.Running);
        execution.Comfy.Finish();
        // The stop is told before the outputs are, and overtakes them in any case.
        execution.Comfy.Meanwhile = call =>
        {
            if (call == Call.View)
            {
                Sys.Stop(execution.Actor);
            }
        };

        await execution.EndAsync(() => Scheduler.Advance(TimeSpan.FromSeconds(3)));

        Assert.Empty(execution.Ends);
    }
}

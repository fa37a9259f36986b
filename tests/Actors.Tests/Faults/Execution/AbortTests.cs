using AkkaComfy.Actors.Tests.Faults.Support;
using AkkaComfy.Messages;
using Protocol = AkkaComfy.Actors.Instance.Health;

namespace AkkaComfy.Actors.Tests.Faults.Execution;

/// <summary>An abort in each step, and what the instance does about it.</summary>
public sealed class AbortTests : VirtualTime
{
    public static TheoryData<Step> Steps => [.. Enum.GetValues<Step>()];

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Aborted_twice_it_takes_its_prompt_off_the_instance_and_says_so_once(Step step)
    {
        var execution = await AnExecution.InAsync(this, step);

        await execution.AbortAsync();
        await execution.AbortAsync();
        await execution.HealAsync();

        var end = step < Step.Collecting ? typeof(Executions.Aborted) : typeof(Executions.Succeeded);
        Assert.Equal(end, Assert.Single(execution.Ends).GetType());
        Assert.False(execution.Comfy.Queues(execution.PromptId));
        Assert.Equal(step < Step.Submitting ? 0 : 1, execution.Comfy.Submissions.Count);
        await execution.ReleaseAsync();
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Restarted_while_it_is_aborted_it_is_aborted_still(Step step)
    {
        var execution = await AnExecution.InAsync(this, step);
        await execution.AbortAsync();

        await execution.RestartAsync();
        await execution.HealAsync();

        var end = step < Step.Collecting ? typeof(Executions.Aborted) : typeof(Executions.Succeeded);
        Assert.Equal(end, execution.Ends[0].GetType());
        Assert.False(execution.Comfy.Queues(execution.PromptId));
        await execution.AdvanceAsync(TimeSpan.FromSeconds(5));
        // What had reported before the restart reports again.
        await execution.UntilEndsAsync(step == Step.Reported ? 2 : 1);
        await execution.ReleaseAsync();
    }

    [Fact]
    public async Task A_prompt_that_starts_just_as_it_is_aborted_has_until_its_deadline_to_heed_the_interrupt()
    {
        var execution = await AnExecution.InAsync(this, Step.Waiting);
        execution.Comfy.HonoursInterrupts = false;
        execution.Comfy.Run();

        await execution.AbortAsync();
        await execution.AdvanceAsync(TimeSpan.FromSeconds(45));
        Assert.Empty(execution.Ends);
        execution.Comfy.HonoursInterrupts = true;
        await execution.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.IsType<Executions.Aborted>(Assert.Single(execution.Ends));
        Assert.Empty(execution.ToldHealth<Protocol.Observed>());
        await execution.ReleaseAsync();
    }

    [Fact]
    public async Task A_worker_that_heeds_no_interrupt_by_the_deadline_is_dead_and_the_attempt_ends_once()
    {
        var execution = await AnExecution.InAsync(this, Step.Ending);

        await execution.AdvanceAsync(TimeSpan.FromSeconds(75));

        var end = Assert.IsType<Executions.Faulted>(Assert.Single(execution.Ends));
        Assert.Equal(("worker_dead", true), (end.Error.Code, end.Error.WorkerDied));
        Assert.Equal("worker_dead", Assert.Single(execution.ToldHealth<Protocol.Observed>()).Error.Code);
        execution.Comfy.Finish();
        await execution.ReleaseAsync();
    }

    [Fact]
    public async Task A_server_that_forgets_a_prompt_past_its_deadline_has_lost_it_rather_than_honoured_an_interrupt()
    {
        var execution = await AnExecution.InAsync(this, Step.Running);
        execution.Comfy.HonoursInterrupts = false;
        await execution.AdvanceAsync(TimeSpan.FromSeconds(62));
        Assert.Empty(execution.Ends);

        execution.Comfy.Forget();
        await execution.AdvanceAsync(TimeSpan.FromSeconds(2));

        var end = Assert.IsType<Executions.Faulted>(Assert.Single(execution.Ends));
        Assert.Equal(("prompt_vanished", Blame.Worker), (end.Error.Code, end.Error.Blame));
        await execution.ReleaseAsync();
    }
}

using AkkaComfy.Actors.Tests.Faults.Support;
using AkkaComfy.Actors.Tests.Support;
using AkkaComfy.ComfyUI;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Tests.Faults.Execution;

/// <summary>A prompt that waits behind another: how long that may run before its worker counts as dead.</summary>
public sealed class HeadTests : VirtualTime
{
    private static readonly WorkflowCatalog WithALongOne =
        new([Samples.Workflow, Samples.Lasting(TimeSpan.FromMinutes(10))]);

    [Fact]
    public async Task A_head_that_runs_no_longer_than_the_longest_workflow_is_waited_for()
    {
        var execution = await BehindAHeadAsync(WithALongOne);

        await execution.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Empty(execution.Ends);
        await execution.HealAsync();

        Assert.IsType<Executions.Succeeded>(Assert.Single(execution.Ends));
        await execution.ReleaseAsync();
    }

    [Fact]
    public async Task A_head_that_outlasts_every_workflow_has_a_dead_worker_and_the_attempt_is_free()
    {
        var execution = await BehindAHeadAsync(WithALongOne);

        await execution.AdvanceAsync(TimeSpan.FromMinutes(11));

        var end = Assert.IsType<Executions.Faulted>(Assert.Single(execution.Ends));
        Assert.Equal(("worker_dead", false), (end.Error.Code, end.Error.ChargesAttempt));
        Assert.False(execution.Comfy.Queues(execution.PromptId));
        await execution.ReleaseAsync();
    }

    [Fact]
    public async Task A_head_whose_workflow_has_gone_is_given_the_time_it_was_posted_with()
    {
        var execution = await BehindAHeadAsync(
            Samples.Catalog, new PromptTerms("gone", [], TimeSpan.FromMinutes(10)));

        await execution.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Empty(execution.Ends);
        await execution.HealAsync();

        Assert.IsType<Executions.Succeeded>(Assert.Single(execution.Ends));
        await execution.ReleaseAsync();
    }

    [Fact]
    public async Task Where_nothing_runs_no_long_workflow_explains_the_wait()
    {
        var execution = await AnExecution.StartAsync(this, catalog: WithALongOne);
        await execution.ReachAsync(Step.Waiting);

        await execution.AdvanceAsync(TimeSpan.FromSeconds(80));

        Assert.Equal("worker_dead", Assert.IsType<Executions.Faulted>(Assert.Single(execution.Ends)).Error.Code);
        await execution.ReleaseAsync();
    }

    [Fact]
    public async Task A_prompt_that_starts_just_as_its_head_counts_as_stuck_is_followed_rather_than_interrupted()
    {
        var execution = await BehindAHeadAsync(Samples.Catalog);
        execution.Comfy.GateOf(Call.Delete).IsShut = true;
        await execution.AdvanceAsync(TimeSpan.FromSeconds(75));
        Assert.Equal(1, execution.Comfy.GateOf(Call.Delete).Held);

        execution.Comfy.Run();
        execution.Comfy.GateOf(Call.Delete).Open();
        await execution.AdvanceAsync(TimeSpan.FromSeconds(30));
        Assert.Empty(execution.Ends);
        await execution.HealAsync();

        Assert.IsType<Executions.Succeeded>(Assert.Single(execution.Ends));
        Assert.Equal(0, execution.Comfy.Calls(Call.Interrupt));
        await execution.ReleaseAsync();
    }

    private async Task<AnExecution> BehindAHeadAsync(WorkflowCatalog catalog, PromptTerms? terms = null)
    {
        var execution = await AnExecution.StartAsync(this, catalog: catalog);
        execution.Comfy.Queue("the head", terms: terms);
        execution.Comfy.Run();
        await execution.ReachAsync(Step.Waiting);
        return execution;
    }
}

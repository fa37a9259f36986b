using Akka.Actor;
using AkkaComfy.Actors.Instance;
using AkkaComfy.Actors.Tests.Faults.Support;
using AkkaComfy.ComfyUI;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Tests.Faults.Execution;

/// <summary>What befalls an execution in each of its steps: it posts once, reports once, and leaves nothing.</summary>
public sealed class ExecutionFaultTests : VirtualTime
{
    public static TheoryData<Step> Steps => [.. Enum.GetValues<Step>()];

    /// <summary>How an attempt ends if nothing befalls it any more; a post that was lost counts against the instance.</summary>
    private static Type EndOf(Step step) => step switch
    {
        Step.Ending => typeof(Executions.Aborted),
        Step.Seeking => typeof(Executions.Faulted),
        _ => typeof(Executions.Succeeded),
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Restarted_it_looks_for_its_prompt_and_posts_nothing_again(Step step)
    {
        var execution = await AnExecution.InAsync(this, step);

        await execution.RestartAsync();
        await execution.HealAsync();

        var end = execution.Ends[^1];
        Assert.Equal(step < Step.Seeking ? typeof(Executions.Faulted) : EndOf(step), end.GetType());
        Assert.True(end is not Executions.Faulted { Error.ChargesAttempt: true }, "it costs the job nothing");
        Assert.InRange(execution.Comfy.Submissions.Count, step < Step.Submitting ? 0 : 1, step < Step.Submitting ? 0 : 1);
        Assert.InRange(execution.Told<Executions.Started>().Count(), 0, 2);
        if (step == Step.Reported)
        {
            // The instance took the first report; the one from after the restart is the supervisor's to recognise.
            await execution.AdvanceAsync(TimeSpan.FromSeconds(5));
            await execution.UntilEndsAsync(2);
        }

        Assert.Equal(step == Step.Reported ? 2 : 1, execution.Ends.Count);
        await execution.ReleaseAsync();
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Restarted_twice_it_ends_as_if_once(Step step)
    {
        var execution = await AnExecution.InAsync(this, step);

        await execution.RestartAsync();
        await execution.AdvanceAsync(TimeSpan.FromSeconds(1));
        await execution.RestartAsync();
        await execution.HealAsync();

        Assert.InRange(execution.Comfy.Submissions.Count, 0, 1);
        await execution.AdvanceAsync(TimeSpan.FromSeconds(5));
        await execution.UntilEndsAsync(step == Step.Reported ? 2 : 1);
        await execution.ReleaseAsync();
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Killed_it_says_no_more_and_leaves_nothing(Step step)
    {
        var execution = await AnExecution.InAsync(this, step);
        var ends = execution.Ends.Count;

        await execution.EndAsync(() => execution.Actor.Tell(Kill.Instance));

        Assert.Equal(ends, execution.Ends.Count);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Stopped_it_says_no_more_and_leaves_nothing(Step step)
    {
        var execution = await AnExecution.InAsync(this, step);
        var ends = execution.Ends.Count;

        await execution.EndAsync(() => execution.Actor.Tell(PoisonPill.Instance));

        Assert.Equal(ends, execution.Ends.Count);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Answers_to_what_was_asked_before_a_restart_are_stale(Step step)
    {
        var execution = await AnExecution.StartAsync(this);
        foreach (var call in Enum.GetValues<Call>())
        {
            execution.Comfy.GateOf(call).IgnoresCancellation = true;
        }

        await execution.ReachAsync(step);

        // What was held is answered now, long after anybody wants to know.
        await execution.RestartAsync();
        await execution.HealAsync();

        Assert.InRange(execution.Comfy.Submissions.Count, 0, 1);
        Assert.Equal(step == Step.Reported ? 2 : 1, await EndsAsync(execution));
        await execution.ReleaseAsync();
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Messages_of_another_prompt_change_nothing(Step step)
    {
        var execution = await AnExecution.InAsync(this, step);
        var started = execution.Told<Executions.Started>().Count();

        foreach (var message in Everything("another"))
        {
            await execution.HearAsync(message);
        }

        Assert.Equal(started, execution.Told<Executions.Started>().Count());
        Assert.Empty(execution.Told<Executions.Progressed>());
        await execution.HealAsync();
        Assert.Equal(EndOf(step), Assert.Single(execution.Ends).GetType());
        await execution.ReleaseAsync();
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Each_message_thrice_starts_and_ends_it_once(Step step)
    {
        var execution = await AnExecution.InAsync(this, step);

        foreach (var message in Everything(execution.PromptId))
        {
            await execution.HearAsync(message);
            await execution.HearAsync(message);
            await execution.HearAsync(message);
        }

        await execution.HealAsync();

        Assert.Equal(EndOf(step), Assert.Single(execution.Ends).GetType());
        Assert.InRange(execution.Told<Executions.Started>().Count(), 0, 1);
        Assert.InRange(execution.Comfy.Submissions.Count, 0, 1);
        await execution.ReleaseAsync();
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Each_message_in_reverse_order_ends_it_once(Step step)
    {
        var execution = await AnExecution.InAsync(this, step);

        foreach (var message in Everything(execution.PromptId).Reverse())
        {
            await execution.HearAsync(message);
        }

        await execution.HealAsync();

        Assert.Equal(EndOf(step), Assert.Single(execution.Ends).GetType());
        await execution.ReleaseAsync();
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Without_its_socket_it_ends_all_the_same(Step step)
    {
        var execution = await AnExecution.InAsync(this, step);

        await execution.TellAsync(Connections.Lost.Instance);
        await execution.TellAsync(Connections.Lost.Instance);
        await execution.HealAsync();

        Assert.Equal(EndOf(step), Assert.Single(execution.Ends).GetType());
        await execution.ReleaseAsync();
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task What_others_repeat_or_tell_too_late_changes_nothing(Step step)
    {
        var execution = await AnExecution.InAsync(this, step);

        if (step != Step.Checking)
        {
            await execution.TellAsync(new Actors.Instance.Health.Checked(ScriptedComfy.Refused()));
        }

        await execution.TellAsync(new Connections.Restored("another"));
        await execution.TellAsync(new Connections.Restored("client-1"));
        await execution.TellAsync("nothing it knows");
        if (step != Step.Reported)
        {
            await execution.TellAsync(new Executions.Release(execution.Run.JobId, execution.Run.Attempt));
        }

        await execution.HealAsync();

        Assert.Empty(execution.Told<Actors.Execution.ExecutionActor.Restarted>());
        Assert.Equal(EndOf(step), Assert.Single(execution.Ends).GetType());
        await execution.ReleaseAsync();
    }

    /// <summary>After the end nothing is said any more, whatever comes.</summary>
    [Fact]
    public async Task After_its_report_it_says_nothing_whatever_it_hears()
    {
        var execution = await AnExecution.InAsync(this, Step.Reported);

        foreach (var message in Everything(execution.PromptId))
        {
            await execution.HearAsync(message);
        }

        await execution.AbortAsync();
        await execution.TellAsync(Connections.Lost.Instance);
        await execution.AdvanceAsync(TimeSpan.FromMinutes(2));

        Assert.IsType<Executions.Succeeded>(Assert.Single(execution.Ends));
        await execution.ReleaseAsync();
        Assert.False(execution.Comfy.Remembers(execution.PromptId));
    }

    [Theory]
    [InlineData(HistoryOutcome.Succeeded)]
    [InlineData(HistoryOutcome.Failed)]
    [InlineData(HistoryOutcome.Interrupted)]
    public async Task However_it_ended_the_instance_forgets_it_once_that_is_recorded(HistoryOutcome outcome)
    {
        var execution = await AnExecution.InAsync(this, Step.Running);

        execution.Comfy.Finish(outcome);
        await execution.HealAsync();
        Assert.Single(execution.Ends);
        Assert.True(execution.Comfy.Remembers(execution.PromptId));
        await execution.ReleaseAsync();

        Assert.False(execution.Comfy.Remembers(execution.PromptId));
    }

    private static async Task<int> EndsAsync(AnExecution execution)
    {
        await execution.AdvanceAsync(TimeSpan.FromSeconds(5));
        return execution.Ends.Count;
    }

    /// <summary>All that a socket can say of a prompt, in order.</summary>
    private static IEnumerable<ComfyMessage> Everything(string promptId) =>
    [
        new ComfyMessage.ExecutionStart(promptId, null),
        new ComfyMessage.ExecutionCached(promptId, ["1"]),
        new ComfyMessage.Executing("2", "2", promptId),
        new ComfyMessage.Progress(1, 2, "2", promptId),
        new ComfyMessage.Executed("3", "3", promptId, []),
        new ComfyMessage.ExecutionSuccess(promptId, null),
        new ComfyMessage.Executing(null, null, promptId),
        new ComfyMessage.ExecutionInterrupted(promptId, null, null),
        new ComfyMessage.ExecutionError(promptId, new ComfyFault(ComfyCause.NodeFailed, ComfyUI.Blame.Us, "no")),
        new ComfyMessage.Status(0, null),
        new ComfyMessage.Unknown("new", "unknown"),
    ];
}

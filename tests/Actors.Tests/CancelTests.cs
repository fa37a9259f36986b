using AkkaComfy.Actors.Tests.Support;
using AkkaComfy.ComfyUI;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Tests;

/// <summary>Cancelling a job, wherever it is.</summary>
public sealed class CancelTests
{
    [Fact]
    public async Task A_pending_job_never_starts()
    {
        await using var tree = await Tree.StartAsync(instances: 1, fleet => fleet with { MaxJobsPerInstance = 1 });
        var comfy = tree.Instances[0];
        await tree.SubmitAsync();
        var running = await Tree.SubmissionAsync(comfy);
        var cancelled = await tree.SubmitAsync();
        var next = await tree.SubmitAsync();

        Assert.IsType<Messages.Jobs.CancelAccepted>(await tree.CancelAsync(cancelled));
        comfy.Finish(running.PromptId);

        Assert.Equal(next.ToString(), (await Tree.SubmissionAsync(comfy)).Tag!.Job);
        Assert.Equal(JobPhase.Cancelled, (await tree.Store.FindAsync(cancelled, CancellationToken.None))!.Phase);
    }

    [Fact]
    public async Task A_job_that_waits_on_its_instance_is_deleted_there()
    {
        await using var tree = await Tree.StartAsync(instances: 1);
        var comfy = tree.Instances[0];
        var id = await tree.SubmitAsync();
        await Tree.SubmissionAsync(comfy);

        await tree.CancelAsync(id);

        Assert.Equal(JobPhase.Cancelled, (await tree.EndOfAsync(id)).Phase);
        Assert.Contains("delete", comfy.Calls);
        Assert.DoesNotContain("interrupt", comfy.Calls);
    }

    [Fact]
    public async Task A_running_job_is_interrupted()
    {
        await using var tree = await Tree.StartAsync(instances: 1);
        var comfy = tree.Instances[0];
        var id = await tree.SubmitAsync();
        comfy.Run((await Tree.SubmissionAsync(comfy)).PromptId);

        await tree.CancelAsync(id);

        Assert.Equal(JobPhase.Cancelled, (await tree.EndOfAsync(id)).Phase);
        Assert.Contains("interrupt", comfy.Calls);
    }

    [Fact]
    public async Task A_job_that_succeeds_before_the_interrupt_is_completed()
    {
        await using var tree = await Tree.StartAsync(instances: 1);
        var comfy = tree.Instances[0];
        comfy.HonoursInterrupts = false;
        var id = await tree.SubmitAsync();
        var prompt = await Tree.SubmissionAsync(comfy);
        comfy.Run(prompt.PromptId);

        await tree.CancelAsync(id);
        comfy.Finish(prompt.PromptId);

        Assert.Equal(JobPhase.Completed, (await tree.EndOfAsync(id)).Phase);
    }

    [Fact]
    public async Task A_cancel_that_comes_before_the_record_is_kept_until_then()
    {
        var store = new FaultyStore();
        await using var tree = await Tree.StartAsync(instances: 1, store: store);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        store.Gate = gate.Task;

        var id = JobId.New(TimeProvider.System.GetUtcNow());
        var submission = tree.TrySubmitAsync(id: id);
        await tree.UntilStoreIsAskedAsync(store);
        var cancel = tree.CancelAsync(id);
        gate.SetResult();

        Assert.IsType<Messages.Jobs.Accepted>(await submission);
        Assert.IsType<Messages.Jobs.CancelAccepted>(await cancel);
        Assert.Equal(JobPhase.Cancelled, (await tree.Store.FindAsync(id, CancellationToken.None))!.Phase);
    }

    [Fact]
    public async Task A_node_that_ignores_interrupts_for_a_while_does_not_condemn_its_instance()
    {
        await using var tree = await Tree.StartAsync(
            instances: 1, fleet => fleet with { InterruptGrace = TimeSpan.FromMilliseconds(50) });
        var comfy = tree.Instances[0];
        comfy.HonoursInterrupts = false;
        var id = await tree.SubmitAsync();
        var prompt = await Tree.SubmissionAsync(comfy);
        comfy.Run(prompt.PromptId);
        await tree.UntilJobAsync(id, job => job.LastAttempt?.StartedAt is not null);

        await tree.CancelAsync(id);
        Assert.True(SpinWait.SpinUntil(
            () => comfy.Calls.Count(call => call == "interrupt") > 2, TimeSpan.FromSeconds(20)));
        comfy.HonoursInterrupts = true;

        Assert.Equal(JobPhase.Cancelled, (await tree.EndOfAsync(id)).Phase);
        Assert.Equal(CircuitPhase.Closed, (await tree.FleetAsync()).Instances[0].Circuit);
    }

    [Fact]
    public async Task An_ended_job_and_an_unknown_one_are_refused()
    {
        await using var tree = await Tree.StartAsync(instances: 1);
        var comfy = tree.Instances[0];
        var id = await tree.SubmitAsync();
        comfy.Finish((await Tree.SubmissionAsync(comfy)).PromptId);
        await tree.EndOfAsync(id);

        var ended = Assert.IsType<Messages.Jobs.Refused>(await tree.CancelAsync(id));
        var unknown = Assert.IsType<Messages.Jobs.Refused>(
            await tree.CancelAsync(JobId.New(TimeProvider.System.GetUtcNow())));

        Assert.Equal(RefusalReason.AlreadyEnded, ended.Why.Reason);
        Assert.Equal(RefusalReason.UnknownJob, unknown.Why.Reason);
    }
}

using AkkaComfy.Actors.Tests.Support;
using AkkaComfy.ComfyUI;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using Blame = AkkaComfy.ComfyUI.Blame;

namespace AkkaComfy.Actors.Tests;

/// <summary>What becomes of a job, by how its prompt ended.</summary>
public sealed class OutcomeTests
{
    [Fact]
    public async Task An_execution_past_its_deadline_is_interrupted_and_fails_as_timeout()
    {
        await using var tree = await Tree.StartAsync(
            instances: 1, fleet => fleet with { ExecutionTimeout = TimeSpan.FromMilliseconds(300) });
        var comfy = tree.Instances[0];
        var id = await tree.SubmitAsync();
        comfy.Run((await Tree.SubmissionAsync(comfy)).PromptId);

        var job = await tree.EndOfAsync(id);

        Assert.Equal((JobPhase.Failed, "timeout"), (job.Phase, job.Error!.Code));
        Assert.Contains("interrupt", comfy.Calls);
    }

    [Fact]
    public async Task A_worker_that_honours_no_interrupt_is_dead_and_its_job_goes_elsewhere()
    {
        await using var tree = await Tree.StartAsync(options: fleet => fleet with
        {
            ExecutionTimeout = TimeSpan.FromMilliseconds(200), InterruptGrace = TimeSpan.FromMilliseconds(300),
        });
        foreach (var instance in tree.Instances)
        {
            instance.HonoursInterrupts = false;
        }

        var id = await tree.SubmitAsync();
        var (first, prompt) = await tree.AnySubmissionAsync();
        first.Run(prompt.PromptId);
        var (second, again) = await tree.AnySubmissionAsync();
        second.Finish(again.PromptId);
        var job = await tree.EndOfAsync(id);

        Assert.Equal((JobPhase.Completed, 2), (job.Phase, job.Attempts.Length));
        Assert.Equal("worker_dead", job.Attempts[0].Fault!.Code);
        Assert.NotSame(first, second);
    }

    [Fact]
    public async Task An_error_of_the_input_fails_at_once()
    {
        await using var tree = await Tree.StartAsync();
        var id = await tree.SubmitAsync();
        var (comfy, prompt) = await tree.AnySubmissionAsync();

        comfy.Finish(prompt.PromptId, HistoryOutcome.Failed, new ComfyFault(
            ComfyCause.BadInput, Blame.Client, "cannot identify image file") { NodeId = "1" });
        var job = await tree.EndOfAsync(id);

        Assert.Equal((JobPhase.Failed, 1), (job.Phase, job.Attempts.Length));
        Assert.Equal(("cannot identify image file", "1"), (job.Error!.Message, job.Error.NodeId));
    }

    [Fact]
    public async Task An_error_of_the_worker_for_this_job_is_tried_once_elsewhere_and_then_fails()
    {
        await using var tree = await Tree.StartAsync();
        var fault = new ComfyFault(ComfyCause.OutOfMemory, Blame.WorkerThisJob, "out of memory");
        var id = await tree.SubmitAsync();
        var (first, prompt) = await tree.AnySubmissionAsync();
        first.Finish(prompt.PromptId, HistoryOutcome.Failed, fault);
        var (second, again) = await tree.AnySubmissionAsync();
        second.Finish(again.PromptId, HistoryOutcome.Failed, fault);
        var job = await tree.EndOfAsync(id);

        Assert.NotSame(first, second);
        Assert.Equal((JobPhase.Failed, 2, "out_of_memory"), (job.Phase, job.Attempts.Length, job.Error!.Code));
        Assert.All(tree.Instances, instance => Assert.True(
            SpinWait.SpinUntil(() => instance.Calls.Contains("free"), TimeSpan.FromSeconds(20)), "no memory was freed"));
    }

    [Fact]
    public async Task A_prompt_that_vanished_with_its_instances_memory_is_run_again()
    {
        await using var tree = await Tree.StartAsync(instances: 1);
        var comfy = tree.Instances[0];
        var id = await tree.SubmitAsync();
        comfy.Run((await Tree.SubmissionAsync(comfy)).PromptId);

        comfy.Restart();
        comfy.Finish((await Tree.SubmissionAsync(comfy)).PromptId);
        var job = await tree.EndOfAsync(id);

        Assert.Equal((JobPhase.Completed, 2), (job.Phase, job.Attempts.Length));
        Assert.Equal("prompt_vanished", job.Attempts[0].Fault!.Code);
    }

    [Fact]
    public async Task A_strangers_interrupt_costs_no_attempt()
    {
        await using var tree = await Tree.StartAsync(
            instances: 1, fleet => fleet with { Retry = new RetryPolicy(MaxAttempts: 1) });
        var comfy = tree.Instances[0];
        var id = await tree.SubmitAsync();

        comfy.Finish((await Tree.SubmissionAsync(comfy)).PromptId, HistoryOutcome.Interrupted);
        comfy.Finish((await Tree.SubmissionAsync(comfy)).PromptId);

        Assert.Equal(JobPhase.Completed, (await tree.EndOfAsync(id)).Phase);
    }

    [Fact]
    public async Task Messages_over_the_socket_move_the_progress_and_end_the_wait()
    {
        await using var tree = await Tree.StartAsync(instances: 1, fleet => fleet with
        {
            LookInterval = TimeSpan.FromMinutes(5),
        });
        var comfy = tree.Instances[0];
        var socket = await comfy.Sockets.Reader.ReadAsync();
        var id = await tree.SubmitAsync();
        var prompt = await Tree.SubmissionAsync(comfy);
        Assert.Equal(socket.ClientId, prompt.ClientId);

        comfy.Run(prompt.PromptId);
        socket.Say(new ComfyMessage.ExecutionStart(prompt.PromptId, null));
        socket.Say(new ComfyMessage.ExecutionCached(prompt.PromptId, ["1"]));
        socket.Say(new ComfyMessage.Executing("2", "2", prompt.PromptId));
        socket.Say(new ComfyMessage.Progress(1, 2, "2", prompt.PromptId));
        await UntilProgressAsync(tree, id, 50);
        comfy.Finish(prompt.PromptId);
        socket.Say(new ComfyMessage.Executing(null, null, prompt.PromptId));

        Assert.Equal(JobPhase.Completed, (await tree.EndOfAsync(id)).Phase);
    }

    [Fact]
    public async Task A_socket_that_breaks_mid_run_costs_no_job()
    {
        await using var tree = await Tree.StartAsync(instances: 1, fleet => fleet with
        {
            LookInterval = TimeSpan.FromMinutes(5),
        });
        var comfy = tree.Instances[0];
        var socket = await comfy.Sockets.Reader.ReadAsync();
        var id = await tree.SubmitAsync();
        var prompt = await Tree.SubmissionAsync(comfy);
        comfy.Run(prompt.PromptId);

        socket.Break();
        comfy.Finish(prompt.PromptId);

        Assert.Equal(JobPhase.Completed, (await tree.EndOfAsync(id)).Phase);
    }

    [Fact]
    public async Task A_broken_download_is_repeated_and_nothing_is_executed_again()
    {
        await using var tree = await Tree.StartAsync(instances: 1);
        var comfy = tree.Instances[0];
        comfy.ViewFaults.Enqueue(new ComfyFault(ComfyCause.ConnectionLost, Blame.Network, "reset") { Transient = true });
        var id = await tree.SubmitAsync();

        comfy.Finish((await Tree.SubmissionAsync(comfy)).PromptId);
        var job = await tree.EndOfAsync(id);

        Assert.Equal((JobPhase.Completed, 1), (job.Phase, job.Attempts.Length));
        Assert.Empty(comfy.ViewFaults);
    }

    [Fact]
    public async Task A_prompt_behind_a_head_that_never_moves_is_taken_off_and_goes_elsewhere()
    {
        await using var tree = await Tree.StartAsync(options: fleet => fleet with
        {
            ExecutionTimeout = TimeSpan.FromMilliseconds(200), InterruptGrace = TimeSpan.FromMilliseconds(200),
        });
        var id = await tree.SubmitAsync();
        var (first, _) = await tree.AnySubmissionAsync();

        // The first never runs what it was posted: its worker is dead.
        var (second, again) = await tree.AnySubmissionAsync();
        second.Finish(again.PromptId);
        var job = await tree.EndOfAsync(id);

        Assert.NotSame(first, second);
        Assert.Equal((JobPhase.Completed, "worker_dead"), (job.Phase, job.Attempts[0].Fault!.Code));
        Assert.Contains("delete", first.Calls);
    }

    [Fact]
    public async Task An_instance_that_answers_probes_but_fails_all_work_is_not_used_for_long()
    {
        await using var tree = await Tree.StartAsync(instances: 1, fleet => fleet with { MaxJobsPerInstance = 1 });
        var comfy = tree.Instances[0];
        for (var i = 0; i < 3; i++)
        {
            comfy.SubmitFaults.Enqueue((FakeComfy.Unavailable(), Queued: false));
        }

        var first = await tree.SubmitAsync();
        var second = await tree.SubmitAsync();
        Assert.Equal("attempts_exhausted", (await tree.EndOfAsync(first)).Error!.Code);
        await tree.UntilFleetAsync(fleet => fleet.Instances[0].Circuit != CircuitPhase.Closed);

        // Half-open, it is given one job; that succeeds and closes the circuit.
        for (var i = 0; i < 3; i++)
        {
            await Tree.SubmissionAsync(comfy);
        }

        comfy.Finish((await Tree.SubmissionAsync(comfy)).PromptId);
        Assert.Equal(JobPhase.Completed, (await tree.EndOfAsync(second)).Phase);
        await tree.UntilFleetAsync(fleet => fleet.Instances[0].Circuit == CircuitPhase.Closed);
    }

    [Fact]
    public async Task A_deaf_socket_is_replaced_under_a_new_client_id_and_costs_no_job()
    {
        await using var tree = await Tree.StartAsync(instances: 1);
        var comfy = tree.Instances[0];
        var deaf = await comfy.Sockets.Reader.ReadAsync();
        var id = await tree.SubmitAsync();
        var prompt = await Tree.SubmissionAsync(comfy);
        comfy.Run(prompt.PromptId);

        var replacement = await comfy.Sockets.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        comfy.Finish(prompt.PromptId);

        Assert.NotEqual(deaf.ClientId, replacement.ClientId);
        Assert.Equal(JobPhase.Completed, (await tree.EndOfAsync(id)).Phase);
        await tree.SubmitAsync();
        Assert.Equal(replacement.ClientId, (await Tree.SubmissionAsync(comfy)).ClientId);
    }

    private static async Task UntilProgressAsync(Tree tree, JobId id, int percentage)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await tree.LiveAsync(id)).Progress?.Percentage != percentage)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
        }
    }
}

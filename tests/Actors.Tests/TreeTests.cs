using AkkaComfy.Actors.Tests.Support;
using AkkaComfy.ComfyUI;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Tests;

/// <summary>The tree as a whole, over fake instances.</summary>
public sealed class TreeTests
{
    [Fact]
    public async Task A_job_is_placed_posted_followed_collected_and_ended()
    {
        await using var tree = await Tree.StartAsync(instances: 1);
        var comfy = tree.Instances[0];

        var id = await tree.SubmitAsync();
        var prompt = await Tree.SubmissionAsync(comfy);
        Assert.Equal(id.ToString(), prompt.Tag!.Job);
        comfy.Run(prompt.PromptId);
        comfy.Finish(prompt.PromptId);
        var job = await tree.EndOfAsync(id);

        Assert.Equal(JobPhase.Completed, job.Phase);
        var output = Assert.Single(job.Outputs);
        Assert.Equal(("3", "out_00001_.png", "image/png", 3L),
            (output.NodeId, output.FileName, output.Blob.MediaType, output.Blob.Size));
        Assert.Equal(prompt.PromptId, Assert.Single(job.Attempts).PromptId.Value);
    }

    [Fact]
    public async Task The_history_is_deleted_once_the_end_is_recorded()
    {
        await using var tree = await Tree.StartAsync(instances: 1);
        var comfy = tree.Instances[0];
        var id = await tree.SubmitAsync();
        var prompt = await Tree.SubmissionAsync(comfy);

        comfy.Finish(prompt.PromptId);
        await tree.EndOfAsync(id);

        Assert.True(SpinWait.SpinUntil(() => !comfy.Knows(prompt.PromptId), TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Both_limits_hold_and_the_load_is_even()
    {
        await using var tree = await Tree.StartAsync(instances: 3, fleet => fleet with { MaxConcurrentJobs = 5 });
        for (var i = 0; i < 9; i++)
        {
            await tree.SubmitAsync();
        }

        await tree.UntilFleetAsync(fleet => fleet.ActiveJobs == 5);
        var now = await tree.FleetAsync();

        Assert.Equal([1, 2, 2], now.Instances.Select(instance => instance.ActiveJobs).Order());
        Assert.Equal(4, now.PendingJobs);
    }

    [Fact]
    public async Task A_free_slot_is_filled_by_the_highest_priority_then_the_oldest()
    {
        await using var tree = await Tree.StartAsync(instances: 1, fleet => fleet with { MaxJobsPerInstance = 1 });
        var comfy = tree.Instances[0];
        await tree.SubmitAsync();
        var first = await Tree.SubmissionAsync(comfy);
        var older = await tree.SubmitAsync();
        var younger = await tree.SubmitAsync();
        var urgent = await tree.SubmitAsync(priority: 5);

        var order = new List<string>();
        for (var prompt = first; order.Count < 3;)
        {
            comfy.Finish(prompt.PromptId);
            prompt = await Tree.SubmissionAsync(comfy);
            order.Add(prompt.Tag!.Job);
        }

        Assert.Equal([urgent.ToString(), older.ToString(), younger.ToString()], order);
    }

    [Fact]
    public async Task A_job_beyond_the_window_waits_in_the_store_and_runs_all_the_same()
    {
        await using var tree = await Tree.StartAsync(
            instances: 1, fleet => fleet with { ClaimWindow = 1, MaxJobsPerInstance = 1 });
        var comfy = tree.Instances[0];
        var ids = new List<JobId>();
        for (var i = 0; i < 6; i++)
        {
            ids.Add(await tree.SubmitAsync());
        }

        foreach (var id in ids)
        {
            var prompt = await Tree.SubmissionAsync(comfy);
            Assert.Equal(id.ToString(), prompt.Tag!.Job);
            comfy.Finish(prompt.PromptId);
            Assert.Equal(JobPhase.Completed, (await tree.EndOfAsync(id)).Phase);
        }
    }

    [Fact]
    public async Task A_full_queue_refuses_and_says_which_limit()
    {
        await using var tree = await Tree.StartAsync(
            instances: 1, fleet => fleet with { MaxQueueLength = 2, MaxJobsPerInstance = 1 });
        await tree.SubmitAsync();
        await tree.UntilFleetAsync(fleet => fleet.ActiveJobs == 1);
        await tree.SubmitAsync();
        await tree.SubmitAsync();

        var refused = Assert.IsType<Messages.Jobs.Refused>(await tree.TrySubmitAsync());

        Assert.Equal(RefusalReason.QueueFull, refused.Why.Reason);
        Assert.Contains("MAX_QUEUE_LENGTH is 2", refused.Why.Message, StringComparison.Ordinal);
        Assert.NotNull(refused.Why.RetryAfter);
    }

    [Fact]
    public async Task A_job_whose_instance_dies_is_retried_elsewhere()
    {
        await using var tree = await Tree.StartAsync();
        var id = await tree.SubmitAsync();
        var (first, prompt) = await tree.AnySubmissionAsync();
        first.Run(prompt.PromptId);
        await tree.UntilJobAsync(id, running => running.LastAttempt?.StartedAt is not null);

        first.Outage = FakeComfy.Refused();
        var (second, again) = await tree.AnySubmissionAsync();
        second.Finish(again.PromptId);
        var job = await tree.EndOfAsync(id);

        Assert.NotSame(first, second);
        Assert.NotEqual(prompt.PromptId, again.PromptId);
        Assert.Equal(JobPhase.Completed, job.Phase);
        Assert.Equal(2, job.Attempts.Length);
        Assert.True(job.Attempts[0].Fault is { Blame: Messages.Blame.Network, WorkerDied: true });
    }

    [Fact]
    public async Task An_instance_that_comes_back_is_used_again()
    {
        await using var tree = await Tree.StartAsync(instances: 1);
        var comfy = tree.Instances[0];

        comfy.Outage = FakeComfy.Refused();
        await tree.UntilFleetAsync(fleet => fleet.Instances[0].State == InstanceState.Open);
        var id = await tree.SubmitAsync();
        Assert.Equal(JobPhase.Pending, (await tree.Store.FindAsync(id, CancellationToken.None))!.Phase);
        comfy.Outage = null;
        comfy.Finish((await Tree.SubmissionAsync(comfy)).PromptId);

        Assert.Equal(JobPhase.Completed, (await tree.EndOfAsync(id)).Phase);
    }

    [Fact]
    public async Task A_sync_job_is_refused_while_no_instance_is_healthy()
    {
        await using var tree = await Tree.StartAsync(instances: 1);
        tree.Instances[0].Outage = FakeComfy.Refused();
        await tree.UntilFleetAsync(fleet => fleet.Instances[0].State == InstanceState.Open);

        var refused = Assert.IsType<Messages.Jobs.Refused>(await tree.TrySubmitAsync(needsHealthyInstance: true));

        Assert.Equal(RefusalReason.NoHealthyInstance, refused.Why.Reason);
    }

    [Fact]
    public async Task A_restarted_instance_actor_finds_its_running_prompts_again()
    {
        await using var tree = await Tree.StartAsync(instances: 1);
        var comfy = tree.Instances[0];
        var id = await tree.SubmitAsync();
        var prompt = await Tree.SubmissionAsync(comfy);
        comfy.Run(prompt.PromptId);

        tree.Kill($"jobs/{comfy.Endpoint.Id}");
        comfy.Finish(prompt.PromptId);
        var job = await tree.EndOfAsync(id);

        Assert.Equal((JobPhase.Completed, 1), (job.Phase, job.Attempts.Length));
        Assert.False(comfy.Submissions.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Submissions_of_unknown_outcome_are_looked_up_and_not_posted_twice()
    {
        await using var tree = await Tree.StartAsync(instances: 1);
        var comfy = tree.Instances[0];
        comfy.SubmitFaults.Enqueue((FakeComfy.LostAnswer(), Queued: true));

        var id = await tree.SubmitAsync();
        var prompt = await Tree.SubmissionAsync(comfy);
        comfy.Finish(prompt.PromptId);
        var job = await tree.EndOfAsync(id);

        Assert.Equal((JobPhase.Completed, 1), (job.Phase, job.Attempts.Length));
        Assert.False(comfy.Submissions.Reader.TryRead(out _));
    }
}

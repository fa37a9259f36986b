using Akka.Actor;
using AkkaComfy.Actors.Tests.Support;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Tests;

/// <summary>What becomes of jobs and of eligibility when workflows come, go and change while all is running.</summary>
public sealed class ChangingWorkflowTests
{
    private const string Image = """ "imageFile": { "type": "image", "bind": "1.image", "required": true } """;

    private readonly LiveCatalog _workflows = new(new WorkflowCatalog([Samples.Workflow]));

    [Fact]
    public async Task A_workflow_that_comes_is_run_by_the_instance_that_has_its_models()
    {
        await using var tree = await StartAsync(2, fakes =>
        {
            fakes[0].Nodes = Samples.Nodes();
            fakes[1].Nodes = Samples.Nodes("4x.pth");
        });
        await tree.UntilFleetAsync(fleet => fleet.Instances.All(instance => instance.NodesReadAt is not null));

        Become(tree, [.. Samples.Catalog.All]);

        await tree.UntilFleetAsync(fleet => Lacks(fleet.Instances[0], Samples.WithModel));
        await tree.SubmitAsync(workflow: Samples.WithModel);
        await Tree.SubmissionAsync(tree.Instances[1]);
        Assert.False(Lacks((await tree.FleetAsync()).Instances[1], Samples.WithModel));
    }

    [Fact]
    public async Task The_tags_that_a_new_workflow_requires_hold_before_anything_is_read()
    {
        await using var tree = await StartAsync(1);

        Become(tree, [.. Samples.Catalog.All]);
        await tree.UntilFleetAsync(fleet => Lacks(fleet.Instances[0], Samples.WithTag));

        var reply = await tree.TrySubmitAsync(workflow: Samples.WithTag);
        Assert.Equal(RefusalReason.WorkflowUnsupported, Assert.IsType<Messages.Jobs.Refused>(reply).Why.Reason);
    }

    [Fact]
    public async Task What_an_instance_lacked_for_a_workflow_that_went_is_forgotten()
    {
        _workflows.Replace(Samples.Catalog);
        await using var tree = await StartAsync(1, fakes => fakes[0].Nodes = Samples.Nodes());
        await tree.UntilFleetAsync(fleet => Lacks(fleet.Instances[0], Samples.WithModel));

        Become(tree, Samples.Workflow);

        await tree.UntilFleetAsync(fleet => fleet.Instances[0].Lacks.IsEmpty);
    }

    [Fact]
    public async Task A_workflow_that_no_longer_needs_what_is_lacking_is_runnable_before_anything_is_read_again()
    {
        _workflows.Replace(Samples.Catalog);
        await using var tree = await StartAsync(1, fakes => fakes[0].Nodes = Samples.Nodes());
        await tree.UntilFleetAsync(fleet => Lacks(fleet.Instances[0], Samples.WithModel));

        tree.Instances[0].Nodes = new ComfyUI.ObjectInfo(new Dictionary<string, ComfyUI.NodeClass>());
        Become(tree, Samples.Repaired);

        await tree.UntilFleetAsync(fleet => fleet.Instances[0] is { Lacks.IsEmpty: true, NodesReadAt: not null });
    }

    [Fact]
    public async Task Jobs_that_wait_for_a_workflow_that_went_fail_wherever_they_wait_and_running_ones_go_on()
    {
        await using var tree = await StartAsync(1, options: fleet => fleet with
        {
            MaxConcurrentJobs = 1, MaxJobsPerInstance = 1, ClaimWindow = 2,
        });
        var comfy = tree.Instances[0];
        var running = await tree.SubmitAsync();
        var prompt = await Tree.SubmissionAsync(comfy);
        var waiting = new List<JobId>();
        for (var i = 0; i < 6; i++)
        {
            waiting.Add(await tree.SubmitAsync());
        }

        Become(tree);

        foreach (var id in waiting)
        {
            var ended = await tree.EndOfAsync(id);
            Assert.Equal((JobPhase.Failed, "unknown_workflow"), (ended.Phase, ended.Error?.Code));
        }

        comfy.Finish(prompt.PromptId);
        Assert.Equal(JobPhase.Completed, (await tree.EndOfAsync(running)).Phase);
        Assert.Equal(0, (await tree.FleetAsync()).PendingJobs);
    }

    [Fact]
    public async Task A_job_that_was_accepted_just_before_its_workflow_went_does_not_wait_for_ever()
    {
        await using var tree = await StartAsync(1, options: fleet => fleet with
        {
            MaxConcurrentJobs = 1, MaxJobsPerInstance = 1, ClaimWindow = 1,
        });
        await tree.SubmitAsync();
        await Tree.SubmissionAsync(tree.Instances[0]);
        var inWindow = await tree.SubmitAsync();
        Become(tree, Samples.Workflow);
        var inStore = await tree.SubmitAsync();

        // The word of it came before the job did.
        _workflows.Replace(new WorkflowCatalog([]));

        Assert.Equal("unknown_workflow", (await tree.EndOfAsync(inStore)).Error?.Code);
        Assert.Equal("unknown_workflow", (await tree.EndOfAsync(inWindow)).Error?.Code);
    }

    [Fact]
    public async Task A_job_runs_with_the_newest_version_of_its_workflow()
    {
        await using var tree = await StartAsync(1, options: fleet => fleet with { MaxConcurrentJobs = 1 });
        var comfy = tree.Instances[0];
        await tree.SubmitAsync();
        var before = await Tree.SubmissionAsync(comfy);
        await tree.SubmitAsync();

        Become(tree, Samples.Changed(Image));
        comfy.Finish(before.PromptId);

        Assert.Equal("x", Prefix(before));
        Assert.Equal("changed", Prefix(await Tree.SubmissionAsync(comfy)));
    }

    [Fact]
    public async Task A_job_that_does_not_fit_its_changed_workflow_fails_and_nothing_is_posted()
    {
        await using var tree = await StartAsync(1, options: fleet => fleet with { MaxConcurrentJobs = 1 });
        var comfy = tree.Instances[0];
        await tree.SubmitAsync();
        var before = await Tree.SubmissionAsync(comfy);
        var waiting = await tree.SubmitAsync();

        Become(tree, Samples.Changed(""" "imageFile": { "type": "string", "bind": "3.filename_prefix" } """));
        comfy.Finish(before.PromptId);

        var ended = await tree.EndOfAsync(waiting);
        Assert.Equal((JobPhase.Failed, "workflow_changed", Blame.Client), (ended.Phase, ended.Error?.Code, ended.Error?.Blame));
        Assert.Contains("'imageFile' is of type string now", ended.Error?.Message, StringComparison.Ordinal);
        Assert.False(comfy.Submissions.Reader.TryRead(out _));
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("removed")]
    public async Task What_was_posted_before_a_restart_is_collected_as_it_was_meant_then(string what)
    {
        await using var tree = await StartAsync(1);
        var comfy = tree.Instances[0];
        var id = await tree.SubmitAsync();
        var prompt = await Tree.SubmissionAsync(comfy);
        await comfy.Sockets.Reader.ReadAsync();

        _workflows.Replace(new WorkflowCatalog(what == "changed" ? [Samples.SavingAs("9")] : []));
        tree.Kill($"jobs/{comfy.Endpoint.Id}");
        await comfy.Sockets.Reader.ReadAsync();
        comfy.Finish(prompt.PromptId);

        var job = await tree.EndOfAsync(id);
        Assert.Equal((JobPhase.Completed, 1), (job.Phase, job.Attempts.Length));
        Assert.Equal("3", Assert.Single(job.Outputs).NodeId);
    }

    [Fact]
    public async Task A_prompt_that_was_lost_with_its_workflow_fails_its_job()
    {
        await using var tree = await StartAsync(1);
        var comfy = tree.Instances[0];
        var id = await tree.SubmitAsync();
        await Tree.SubmissionAsync(comfy);

        _workflows.Replace(new WorkflowCatalog([]));
        comfy.Restart();
        tree.Kill($"jobs/{comfy.Endpoint.Id}");

        var job = await tree.EndOfAsync(id);
        Assert.Equal((JobPhase.Failed, "unknown_workflow"), (job.Phase, job.Error?.Code));
    }

    private static bool Lacks(InstanceSnapshot instance, WorkflowName workflow) =>
        instance.Lacks.Any(lack => lack.Workflow == workflow);

    private static string Prefix(ComfyUI.PromptRequest prompt) =>
        prompt.Graph["3"]!["inputs"]!["filename_prefix"]!.GetValue<string>();

    private void Become(Tree tree, params Workflow[] workflows)
    {
        _workflows.Replace(new WorkflowCatalog(workflows));
        tree.Jobs.Tell(Catalog.Changed.Instance);
    }

    private Task<Tree> StartAsync(
        int instances,
        Action<IReadOnlyList<FakeComfy>>? prepare = null,
        Func<FleetOptions, FleetOptions>? options = null) =>
        Tree.StartAsync(instances, options, prepare: prepare, workflows: _workflows);
}

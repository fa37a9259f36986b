using AkkaComfy.Actors.Tests.Support;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Tests;

/// <summary>Jobs that bring their own graphs: who runs them, and whom they hold up.</summary>
public sealed class PromptTests
{
    [Fact]
    public async Task A_graph_runs_as_it_was_sent_and_what_was_previewed_counts_too()
    {
        await using var tree = await StartAsync(["4x.pth"], ["4x.pth"]);

        var id = await tree.SubmitPromptAsync(Samples.PromptWithModel("4x.pth", 7));

        var (on, posted) = await tree.AnySubmissionAsync();
        Assert.Equal("x7", posted.Graph["4"]!["inputs"]!["filename_prefix"]!.GetValue<string>());
        on.Finish(posted.PromptId);
        var job = await tree.EndOfAsync(id);
        Assert.Equal((JobPhase.Completed, WorkflowName.Prompt), (job.Phase, job.Workflow));
        Assert.NotEmpty(job.Outputs);
    }

    [Fact]
    public async Task A_graph_goes_only_to_instances_that_have_its_nodes_and_models()
    {
        await using var tree = await StartAsync(["2x.pth"], ["4x.pth"]);
        for (var i = 0; i < 3; i++)
        {
            await tree.SubmitPromptAsync(Samples.PromptWithModel("4x.pth", i));
        }

        var first = await Tree.SubmissionAsync(tree.Instances[1]);
        var second = await Tree.SubmissionAsync(tree.Instances[1]);
        var other = await tree.SubmitPromptAsync(Samples.PromptWithModel("2x.pth"));
        Assert.Equal(other.ToString(), (await Tree.SubmissionAsync(tree.Instances[0])).Tag!.Job);
        Assert.Equal(1, (await tree.FleetAsync()).PendingJobs);

        tree.Instances[1].Finish(first.PromptId);
        tree.Instances[1].Finish(second.PromptId);
        await Tree.SubmissionAsync(tree.Instances[1]);
    }

    [Fact]
    public async Task A_graph_that_no_instance_can_run_is_refused_and_told_what_each_lacks()
    {
        await using var tree = await StartAsync([], ["2x.pth"]);
        var inputs = await Samples.PromptAsync(tree.Blobs, Samples.PromptWithModel("4x.pth"));

        var refused = Assert.IsType<Messages.Jobs.Refused>(
            await tree.TrySubmitAsync(workflow: WorkflowName.Prompt, inputs: inputs)).Why;

        Assert.Equal(RefusalReason.WorkflowUnsupported, refused.Reason);
        Assert.Equal("No instance can run 'prompt': fake:1 lacks model 4x.pth; fake:2 lacks model 4x.pth.", refused.Message);
    }

    [Fact]
    public async Task Graphs_whose_only_instance_is_away_hold_up_no_other_graph_and_run_when_it_is_back()
    {
        await using var tree = await StartAsync(["4x.pth"], ["2x.pth"], fleet => fleet with { ClaimWindow = 2 });
        var (able, other) = (tree.Instances[0], tree.Instances[1]);
        able.Outage = FakeComfy.Refused();
        await tree.UntilFleetAsync(fleet => fleet.Instances[0].State == InstanceState.Open);
        var stuck = new List<JobId>();
        for (var i = 0; i < 10; i++)
        {
            stuck.Add(await tree.SubmitPromptAsync(Samples.PromptWithModel("4x.pth", i)));
        }

        for (var i = 0; i < 10; i++)
        {
            var id = await tree.SubmitPromptAsync(Samples.PromptWithModel("2x.pth", i));
            other.Finish((await Tree.SubmissionAsync(other)).PromptId);
            Assert.Equal(JobPhase.Completed, (await tree.EndOfAsync(id)).Phase);
        }

        able.Outage = null;
        for (var i = 0; i < stuck.Count; i++)
        {
            able.Finish((await Tree.SubmissionAsync(able)).PromptId);
        }

        foreach (var id in stuck)
        {
            Assert.Equal(JobPhase.Completed, (await tree.EndOfAsync(id)).Phase);
        }
    }

    [Fact]
    public async Task A_supervisor_that_restarts_knows_what_the_waiting_graphs_need()
    {
        var store = new FaultyStore();
        await using var tree = await StartAsync([["2x.pth"], ["4x.pth"]], store: store);
        var running = await tree.SubmitPromptAsync(Samples.PromptWithModel("4x.pth"));
        var first = await Tree.SubmissionAsync(tree.Instances[1]);
        await tree.DrainAsync("fake:2");
        // After the restart its nodes are unknown for a moment, and what is unknown counts as there.
        await tree.DrainAsync("fake:1");
        var waiting = await tree.SubmitPromptAsync(Samples.PromptWithModel("4x.pth", 1));

        var failures = 0;
        store.Fails = batch => batch.Any(commit => commit.After.HasEnded) && Interlocked.Increment(ref failures) == 1;
        tree.Instances[1].Finish(first.PromptId);
        await tree.UntilJobAsync(running, job => job.Phase == JobPhase.Completed);
        await tree.ResumeAsync("fake:2");

        var posted = await Tree.SubmissionAsync(tree.Instances[1]);
        Assert.Equal(waiting.ToString(), posted.Tag!.Job);
        Assert.True(failures > 1);
        tree.Instances[1].Finish(posted.PromptId);
        Assert.Equal(JobPhase.Completed, (await tree.EndOfAsync(waiting)).Phase);
    }

    [Fact]
    public async Task An_instance_that_restarts_takes_its_graphs_up_again()
    {
        await using var tree = await StartAsync(["4x.pth"]);
        var id = await tree.SubmitPromptAsync(Samples.PromptWithModel("4x.pth"));
        var posted = await Tree.SubmissionAsync(tree.Instances[0]);

        tree.Kill("jobs/fake:1");
        tree.Instances[0].Finish(posted.PromptId);

        Assert.Equal(JobPhase.Completed, (await tree.EndOfAsync(id)).Phase);
    }

    [Fact]
    public async Task A_job_whose_graph_is_gone_from_the_store_fails()
    {
        await using var tree = await StartAsync(["4x.pth"]);
        await tree.DrainAsync("fake:1");
        var inputs = await Samples.PromptAsync(tree.Blobs, Samples.PromptWithModel("4x.pth"));
        var gone = inputs.Graph! with { Blob = inputs.Graph.Blob with { Id = new BlobId(new string('0', 64)) } };
        var accepted = Assert.IsType<Messages.Jobs.Accepted>(await tree.TrySubmitAsync(
            workflow: WorkflowName.Prompt, inputs: new Inputs(inputs.Values.SetItem(Inputs.GraphInput, gone))));

        await tree.ResumeAsync("fake:1");

        var job = await tree.EndOfAsync(accepted.JobId);
        Assert.Equal((JobPhase.Failed, "graph_unreadable"), (job.Phase, job.Error!.Code));
    }

    [Fact]
    public async Task A_job_whose_graph_the_disk_does_not_give_for_a_while_is_tried_again_at_no_charge()
    {
        await using var tree = await StartAsync(["4x.pth"]);
        await tree.DrainAsync("fake:1");
        var id = await tree.SubmitPromptAsync(Samples.PromptWithModel("4x.pth"));
        var file = tree.PathOf((await tree.Store.FindAsync(id, CancellationToken.None))!.Inputs.Graph!.Blob.Id);
        File.Move(file, $"{file}.aside");
        // A directory cannot be read, and a file takes the place of a link to it in one step.
        File.CreateSymbolicLink(file, Path.GetDirectoryName(file)!);

        await tree.ResumeAsync("fake:1");
        await tree.UntilJobAsync(id, job => job.Attempts.Any(attempt => attempt.Fault is { Code: "graph_unreadable" }));
        File.Move($"{file}.aside", file, overwrite: true);

        tree.Instances[0].Finish((await Tree.SubmissionAsync(tree.Instances[0])).PromptId);
        var job = await tree.EndOfAsync(id);
        Assert.Equal((JobPhase.Completed, 0), (job.Phase, job.ChargedAttempts));
    }

    [Fact]
    public async Task Kinds_of_graphs_that_wait_are_bounded_and_a_refused_one_takes_no_place()
    {
        await using var tree = await StartAsync(
            ["1x.pth", "2x.pth", "3x.pth"], [], fleet => fleet with { MaxPromptQueues = 2 });
        await tree.DrainAsync("fake:1");
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(RefusalReason.WorkflowUnsupported, await WhyRefusedAsync(tree, $"unknown{i}.pth"));
        }

        await tree.SubmitPromptAsync(Samples.PromptWithModel("1x.pth"));
        await tree.SubmitPromptAsync(Samples.PromptWithModel("2x.pth"));
        await tree.SubmitPromptAsync(Samples.PromptWithModel("1x.pth", 7));
        Assert.Equal(RefusalReason.QueueFull, await WhyRefusedAsync(tree, "3x.pth"));

        await tree.ResumeAsync("fake:1");
        for (var i = 0; i < 3; i++)
        {
            tree.Instances[0].Finish((await Tree.SubmissionAsync(tree.Instances[0])).PromptId);
        }

        await tree.SubmitPromptAsync(Samples.PromptWithModel("3x.pth"));
    }

    private static async Task<RefusalReason> WhyRefusedAsync(Tree tree, string model) =>
        Assert.IsType<Messages.Jobs.Refused>(await tree.TrySubmitAsync(
            workflow: WorkflowName.Prompt,
            inputs: await Samples.PromptAsync(tree.Blobs, Samples.PromptWithModel(model)))).Why.Reason;

    /// <summary>A tree whose instances have all said what they have.</summary>
    private static Task<Tree> StartAsync(string[] models) => StartAsync([models]);

    private static Task<Tree> StartAsync(
        string[] first, string[] second, Func<FleetOptions, FleetOptions>? options = null) =>
        StartAsync([first, second], options);

    private static async Task<Tree> StartAsync(
        string[][] models, Func<FleetOptions, FleetOptions>? options = null, FaultyStore? store = null)
    {
        var tree = await Tree.StartAsync(models.Length, options, store, fakes =>
        {
            for (var i = 0; i < models.Length; i++)
            {
                fakes[i].Nodes = Samples.Nodes(models[i]);
            }
        });
        await tree.UntilFleetAsync(fleet => fleet.Instances.All(instance => instance.NodesReadAt is not null));
        return tree;
    }
}

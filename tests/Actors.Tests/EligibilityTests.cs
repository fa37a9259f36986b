using System.Collections.Immutable;
using AkkaComfy.Actors.Tests.Support;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Tests;

/// <summary>Which instance may run which workflow, as far as anybody knows.</summary>
public sealed class EligibilityTests
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task A_job_goes_only_to_instances_that_have_its_nodes_and_models()
    {
        await using var tree = await StartAsync(["2x.pth"], ["2x.pth", "4x.pth"]);

        for (var i = 0; i < 2; i++)
        {
            await tree.SubmitAsync(workflow: Samples.WithModel);
            await Tree.SubmissionAsync(tree.Instances[1]);
        }

        await tree.SubmitAsync(workflow: Samples.WithModel);
        var sample = await tree.SubmitAsync();
        Assert.Equal(sample.ToString(), (await Tree.SubmissionAsync(tree.Instances[0])).Tag!.Job);
        Assert.Equal(1, (await tree.FleetAsync()).PendingJobs);
    }

    [Fact]
    public async Task A_job_goes_only_to_instances_with_its_tags()
    {
        await using var tree = await Tree.StartAsync(2, fleet => fleet with { Traits = Tagged("fake:2", "fast", "big") });

        for (var i = 0; i < 2; i++)
        {
            await tree.SubmitAsync(workflow: Samples.WithTag);
            await Tree.SubmissionAsync(tree.Instances[1]);
        }

        Assert.Equal(["big", "fast"], (await tree.FleetAsync()).Instances[1].Traits.Tags.Order());
    }

    [Fact]
    public async Task A_workflow_that_no_instance_can_run_is_refused_and_told_what_each_lacks()
    {
        await using var tree = await StartAsync([], ["2x.pth"]);

        var refused = Assert.IsType<Messages.Jobs.Refused>(await tree.TrySubmitAsync(workflow: Samples.WithModel)).Why;

        Assert.Equal(RefusalReason.WorkflowUnsupported, refused.Reason);
        Assert.Equal(
            "No instance can run 'with-model': fake:1 lacks model 4x.pth; fake:2 lacks model 4x.pth.", refused.Message);
        Assert.Equal(["fake:1", "fake:2"], refused.Missing.Select(missing => missing.Instance.Value));
        Assert.All(refused.Missing, missing => Assert.Equal(["4x.pth"], missing.Lack.Models.AsEnumerable()));
    }

    [Fact]
    public async Task A_tag_that_no_instance_has_needs_no_answer_of_theirs()
    {
        await using var tree = await Tree.StartAsync(1);

        var refused = Assert.IsType<Messages.Jobs.Refused>(await tree.TrySubmitAsync(workflow: Samples.WithTag)).Why;

        Assert.Equal("No instance can run 'with-tag': fake:1 lacks tag fast.", refused.Message);
    }

    [Fact]
    public async Task An_instance_whose_nodes_cannot_be_read_is_given_the_job_and_decides_itself()
    {
        await using var tree = await Tree.StartAsync(2, prepare: fakes => fakes[0].Nodes = Samples.Nodes("2x.pth"));
        await tree.UntilFleetAsync(fleet => fleet.Instances[0].NodesReadAt is not null);

        await tree.SubmitAsync(workflow: Samples.WithModel);

        await Tree.SubmissionAsync(tree.Instances[1]);
    }

    [Fact]
    public async Task Jobs_that_nobody_can_run_for_now_hold_nobody_up_and_run_when_their_instance_is_back()
    {
        await using var tree = await StartAsync(["4x.pth"], [], fleet => fleet with { ClaimWindow = 2 });
        var (able, other) = (tree.Instances[0], tree.Instances[1]);
        able.Outage = FakeComfy.Refused();
        await tree.UntilFleetAsync(fleet => fleet.Instances[0].State == InstanceState.Open);
        var stuck = new List<JobId>();
        for (var i = 0; i < 10; i++)
        {
            stuck.Add(await tree.SubmitAsync(workflow: Samples.WithModel));
        }

        for (var i = 0; i < 10; i++)
        {
            var id = await tree.SubmitAsync();
            other.Finish((await Tree.SubmissionAsync(other)).PromptId);
            Assert.Equal(JobPhase.Completed, (await tree.EndOfAsync(id)).Phase);
        }

        able.Outage = null;
        // Two run at once, and either may be posted first.
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
    public async Task A_long_queue_for_one_instance_keeps_no_work_from_another_that_is_idle()
    {
        await using var tree = await StartAsync(
            ["4x.pth"], [], fleet => fleet with { ClaimWindow = 2, Traits = Tagged("fake:2", "fast") });
        for (var i = 0; i < 20; i++)
        {
            await tree.SubmitAsync(workflow: Samples.WithModel);
        }

        for (var i = 0; i < 5; i++)
        {
            await tree.SubmitAsync(workflow: Samples.WithTag);
        }

        for (var i = 0; i < 5; i++)
        {
            tree.Instances[1].Finish((await Tree.SubmissionAsync(tree.Instances[1])).PromptId);
        }

        Assert.Equal(18, (await tree.FleetAsync()).PendingJobs);
    }

    [Fact]
    public async Task A_sync_caller_is_refused_while_the_only_instances_that_could_run_it_are_away()
    {
        await using var tree = await StartAsync(["4x.pth"], []);
        tree.Instances[0].Outage = FakeComfy.Refused();
        await tree.UntilFleetAsync(fleet => fleet.Instances[0].State == InstanceState.Open);

        var sync = await tree.TrySubmitAsync(needsHealthyInstance: true, workflow: Samples.WithModel);

        Assert.Equal(RefusalReason.NoHealthyInstance, Assert.IsType<Messages.Jobs.Refused>(sync).Why.Reason);
        Assert.IsType<Messages.Jobs.Accepted>(await tree.TrySubmitAsync(workflow: Samples.WithModel));
    }

    [Fact]
    public async Task Models_that_come_and_go_are_noticed_in_time()
    {
        await using var tree = await StartAsync([], [], fleet => fleet with { NodesInterval = Often });

        tree.Instances[0].Nodes = Samples.Nodes("4x.pth");
        await tree.UntilFleetAsync(fleet => fleet.Instances[0].Lacks.All(lack => lack.Workflow != Samples.WithModel));
        tree.Instances[0].Nodes = Samples.Nodes();
        await tree.UntilFleetAsync(fleet => fleet.Instances[0].Lacks.Any(lack => lack.Workflow == Samples.WithModel));
    }

    [Fact]
    public async Task What_was_read_holds_until_reading_fails_again_and_again()
    {
        await using var tree = await StartAsync([], [], fleet => fleet with { NodesInterval = Often });

        foreach (var comfy in tree.Instances)
        {
            comfy.Nodes = new ComfyUI.ObjectInfo(new Dictionary<string, ComfyUI.NodeClass>());
        }

        await tree.UntilFleetAsync(fleet => fleet.Instances.All(instance => instance.NodesReadAt is null));
        Assert.IsType<Messages.Jobs.Accepted>(await tree.TrySubmitAsync(workflow: Samples.WithModel));
    }

    [Fact]
    public async Task An_instance_that_comes_back_may_have_other_models_than_before()
    {
        await using var tree = await StartAsync([], []);
        var comfy = tree.Instances[0];

        comfy.Outage = FakeComfy.Refused();
        await tree.UntilFleetAsync(fleet => fleet.Instances[0].State == InstanceState.Open);
        comfy.Nodes = Samples.Nodes("4x.pth");
        comfy.Outage = null;

        await SubmitWhenPossibleAsync(tree);
        await Tree.SubmissionAsync(comfy);
    }

    [Fact]
    public async Task A_socket_that_comes_back_may_be_that_of_a_server_that_restarted()
    {
        await using var tree = await StartAsync([], []);
        var comfy = tree.Instances[0];
        var socket = await comfy.Sockets.Reader.ReadAsync();

        comfy.Nodes = Samples.Nodes("4x.pth");
        socket.Break();

        await SubmitWhenPossibleAsync(tree);
        await Tree.SubmissionAsync(comfy);
    }

    [Fact]
    public async Task A_reader_of_nodes_that_stops_for_good_takes_nothing_with_it()
    {
        await using var tree = await StartAsync(["4x.pth"], []);
        var id = await tree.SubmitAsync(workflow: Samples.WithModel);
        var prompt = await Tree.SubmissionAsync(tree.Instances[0]);

        tree.Kill("jobs/fake:2/nodes");
        await tree.UntilFleetAsync(fleet => fleet.Instances[1].NodesReadAt is null);
        tree.Instances[0].Finish(prompt.PromptId);

        Assert.Equal(JobPhase.Completed, (await tree.EndOfAsync(id)).Phase);
        Assert.Single((await tree.Store.FindAsync(id, CancellationToken.None))!.Attempts);
        tree.Instances[1].Nodes = Samples.Nodes("4x.pth");
        tree.Instances[1].Outage = FakeComfy.Refused();
        await tree.UntilFleetAsync(fleet => fleet.Instances[1].State == InstanceState.Open);
        tree.Instances[1].Outage = null;
        await tree.UntilFleetAsync(fleet => fleet.Instances[1].NodesReadAt is not null);
    }

    /// <summary>Two instances with these models, read.</summary>
    private static async Task<Tree> StartAsync(
        string[] first, string[] second, Func<FleetOptions, FleetOptions>? options = null)
    {
        var tree = await Tree.StartAsync(2, options, prepare: fakes =>
        {
            fakes[0].Nodes = Samples.Nodes(first);
            fakes[1].Nodes = Samples.Nodes(second);
        });
        await tree.UntilFleetAsync(fleet => fleet.Instances.All(instance => instance.NodesReadAt is not null));
        return tree;
    }

    private static ImmutableDictionary<InstanceId, InstanceTraits> Tagged(string instance, params string[] tags) =>
        ImmutableDictionary<InstanceId, InstanceTraits>.Empty.Add(
            new InstanceId(instance), InstanceTraits.Default with { Tags = [.. tags] });

    /// <summary>Submits once an instance is known to be able to run it.</summary>
    private static async Task SubmitWhenPossibleAsync(Tree tree)
    {
        await tree.UntilFleetAsync(fleet => fleet.Instances.Any(instance =>
            instance.Lacks.All(lack => lack.Workflow != Samples.WithModel)));
        await tree.SubmitAsync(workflow: Samples.WithModel);
    }
}

using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using static AkkaComfy.Storage.Tests.StoredJobs;

namespace AkkaComfy.Storage.Tests;

/// <content>Jobs that bring their own graphs.</content>
public abstract partial class JobStoreContract
{
    [Fact]
    public async Task A_job_with_its_own_graph_is_found_as_it_was_and_its_graph_is_kept()
    {
        var job = await SubmitAsync(Prompt("A", "B"));

        var found = await FindAsync(job);

        Assert.Equal(job.Inputs, found.Inputs);
        Assert.Equal(job.Queue, found.Queue);
        Assert.Empty(await Store.FindUnreferencedAsync([Blob('c')], None));
    }

    [Fact]
    public async Task Jobs_with_their_own_graphs_are_claimed_by_what_they_need()
    {
        var (first, other, alike) = (Prompt("A"), Prompt("B"), Prompt("A"));
        await SubmitAsync(first);
        await SubmitAsync(other);
        await SubmitAsync(alike);

        Assert.Empty(await Store.ClaimAsync(10, new HashSet<QueueName> { QueueName.Of(WorkflowName.Prompt) }, None));
        Assert.Equal([first.Id, alike.Id], await ClaimAsync(first.Queue));
        Assert.Equal([other.Id], await ClaimAsync(other.Queue, first.Queue));
    }

    [Fact]
    public async Task Recovery_tells_what_the_waiting_graphs_need()
    {
        var running = await SubmitAsync(Prompt("A"));
        await DoAsync(running, running.Dispatched());
        await SubmitAsync(New());
        await SubmitAsync(Prompt("A"));
        await SubmitAsync(Prompt("B", "C"));
        await SubmitAsync(Prompt("A"));

        var pending = (await Store.RecoverAsync(None)).PendingPrompts;

        Assert.Equal(
            [("A", 2), ("B C", 1)],
            pending.Select(queue => (string.Join(' ', queue.Needs.Classes), queue.Jobs)).Order());
        Assert.All(pending, queue => Assert.Equal("4x.pth", Assert.Single(queue.Needs.Choices).Value));
    }

    [Fact]
    public async Task All_of_them_are_of_one_type()
    {
        await SubmitAsync(Prompt("A"));
        await SubmitAsync(Prompt("B"));

        var page = await Store.ListAsync(new JobFilter(Workflow: WorkflowName.Prompt), after: null, 10, None);

        Assert.Equal((2, 2), (page.Total, page.Jobs.Count));
        Assert.Equal(2, Assert.Single(await Store.CountAsync(None)).Jobs);
    }

    private async Task<List<JobId>> ClaimAsync(params QueueName[] queues) =>
        [.. (await Store.ClaimAsync(10, queues.ToHashSet(), None)).Select(job => job.Id)];

    private static Job Prompt(params string[] classes) =>
        New(workflow: WorkflowName.Prompt, inputs: GraphOf(Blob('c'), classes));
}

using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using static AkkaComfy.Storage.Tests.StoredJobs;

namespace AkkaComfy.Storage.Tests;

/// <content>What clients ask about many jobs.</content>
public abstract partial class JobStoreContract
{
    [Fact]
    public async Task Jobs_are_listed_newest_first_page_by_page()
    {
        var jobs = new List<Job>();
        for (var i = 0; i < 5; i++)
        {
            jobs.Insert(0, await SubmitAsync(New(priority: i % 2, workflow: i % 2 == 0 ? Upscale : Rembg)));
        }

        var first = await Store.ListAsync(new JobFilter(), after: null, max: 2, None);
        await SubmitAsync(New());
        var second = await Store.ListAsync(new JobFilter(), first.Next, max: 2, None);
        var third = await Store.ListAsync(new JobFilter(), second.Next, max: 2, None);

        Assert.Equal(jobs.Select(job => job.Id), IdsOf(first, second, third));
        Assert.Equal([5, 6, 6], new[] { first.Total, second.Total, third.Total });
        Assert.Null(third.Next);
    }

    [Fact]
    public async Task A_last_page_that_is_full_is_the_last()
    {
        await SubmitAsync(New());
        var page = await Store.ListAsync(new JobFilter(), after: null, max: 1, None);

        Assert.Single(page.Jobs);
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task Filters_of_a_list_combine()
    {
        var waiting = await SubmitAsync(New(workflow: Rembg));
        var running = await SubmitAsync(New(workflow: Rembg));
        running = await DoAsync(running, running.Dispatched());
        var elsewhere = await SubmitAsync(New());
        elsewhere = await DoAsync(elsewhere, elsewhere.Dispatched(Other));
        var done = await CompleteAsync(New(), Then);

        Assert.Equal([running.Id, waiting.Id], await ListAsync(new JobFilter(Workflow: Rembg)));
        Assert.Equal([elsewhere.Id, running.Id], await ListAsync(new JobFilter(JobPhase.Processing)));
        Assert.Equal([done.Id, running.Id], await ListAsync(new JobFilter(Instance: Instance)));
        Assert.Equal([done.Id], await ListAsync(new JobFilter(Workflow: Upscale, Instance: Instance)));
        Assert.Equal([elsewhere.Id], await ListAsync(new JobFilter(JobPhase.Processing, Upscale, Other)));
        Assert.Empty(await ListAsync(new JobFilter(JobPhase.Failed)));
    }

    [Fact]
    public async Task An_expired_job_is_neither_listed_nor_counted()
    {
        var job = await CompleteAsync(New(), Then);
        await DoAsync(job, job.Expired(Then));

        Assert.Empty(await ListAsync(new JobFilter()));
        Assert.Empty(await Store.CountAsync(None));
    }

    [Fact]
    public async Task Counts_follow_the_jobs()
    {
        var job = await SubmitAsync(New());
        await SubmitAsync(New());
        await SubmitAsync(New(workflow: Rembg));
        await AssertCountedAsync((JobPhase.Pending, Upscale, null, 2), (JobPhase.Pending, Rembg, null, 1));

        job = await DoAsync(job, job.Dispatched());
        await AssertCountedAsync(
            (JobPhase.Processing, Upscale, Instance, 1), (JobPhase.Pending, Upscale, null, 1),
            (JobPhase.Pending, Rembg, null, 1));

        job = await DoAsync(job, job.Requeued());
        await AssertCountedAsync((JobPhase.Pending, Upscale, null, 2), (JobPhase.Pending, Rembg, null, 1));

        job = await DoAsync(job, job.Dispatched(Other));
        await DoAsync(job, job.Completed(Then));
        await AssertCountedAsync(
            (JobPhase.Completed, Upscale, Other, 1), (JobPhase.Pending, Upscale, null, 1),
            (JobPhase.Pending, Rembg, null, 1));
    }

    [Fact]
    public async Task A_key_finds_its_job_for_as_long_as_the_job_is_remembered()
    {
        var job = New();
        await Store.CommitAsync([job.Submission() with { Key = new IdempotencyKey("k", "hash") }], None);
        Assert.Equal(new KeyedJob(job.Id, "hash"), await Store.FindByKeyAsync("k", None));
        Assert.Null(await Store.FindByKeyAsync("K", None));

        job = await DoAsync(job, job.Dispatched());
        job = await DoAsync(job, job.Completed(Then));
        job = await DoAsync(job, job.Expired(Then.AddMinutes(5)));
        Assert.Equal(new KeyedJob(job.Id, "hash"), await Store.FindByKeyAsync("k", None));

        await CompleteAsync(New(), Then.AddDays(2));
        Assert.Null(await Store.FindByKeyAsync("k", None));
        Assert.Empty(await Store.CommitAsync([New().Submission() with { Key = new IdempotencyKey("k", "hash") }], None));
    }

    [Fact]
    public async Task A_submission_whose_key_is_taken_is_left_out_and_the_rest_of_its_batch_is_not()
    {
        var key = new IdempotencyKey("k", "hash");
        var (first, again, other, third) = (New(), New(), New(), New());

        var leftOut = await Store.CommitAsync(
            [first.Submission() with { Key = key }, again.Submission() with { Key = key }, other.Submission()], None);
        Assert.Equal(again.Id, Assert.Single(leftOut).After.Id);

        leftOut = await Store.CommitAsync([third.Submission(claim: true) with { Key = key }], None);
        Assert.Equal(third.Id, Assert.Single(leftOut).After.Id);

        Assert.Equal(new KeyedJob(first.Id, "hash"), await Store.FindByKeyAsync("k", None));
        Assert.Null(await Store.FindAsync(again.Id, None));
        Assert.Equal([first.Id, other.Id], await ClaimAsync(10));
    }

    private static IEnumerable<JobId> IdsOf(params JobPage[] pages) =>
        pages.SelectMany(page => page.Jobs).Select(job => job.Id);

    /// <summary>The whole list, page by page, which must be as long as it says.</summary>
    private async Task<List<JobId>> ListAsync(JobFilter filter)
    {
        var ids = new List<JobId>();
        var page = await Store.ListAsync(filter, after: null, max: 1, None);
        ids.AddRange(IdsOf(page));
        while (page.Next is { } next)
        {
            page = await Store.ListAsync(filter, next, max: 1, None);
            ids.AddRange(IdsOf(page));
        }

        Assert.Equal(ids.Count, page.Total);
        return ids;
    }

    private async Task AssertCountedAsync(params (JobPhase, WorkflowName, InstanceId?, int)[] expected)
    {
        var counts = await Store.CountAsync(None);
        Assert.Equal(
            expected.ToHashSet(),
            counts.Select(count => (count.Group.Phase, count.Group.Workflow, count.Group.Instance, count.Jobs)).ToHashSet());
    }
}

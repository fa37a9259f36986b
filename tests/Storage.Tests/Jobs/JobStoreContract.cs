using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using static AkkaComfy.Storage.Tests.StoredJobs;

namespace AkkaComfy.Storage.Tests;

/// <summary>What every job store keeps to.</summary>
public abstract partial class JobStoreContract : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private IJobStore Store { get; set; } = null!;

    protected abstract ValueTask<IJobStore> OpenAsync();

    public async Task InitializeAsync() => Store = await OpenAsync();

    public async Task DisposeAsync() => await Store.DisposeAsync();

    [Fact]
    public async Task A_recorded_job_is_found_as_it_was_and_an_unknown_one_is_not()
    {
        var job = await SubmitAsync(New(priority: 3, inputs: ImageOf(Blob('a'))) with
        {
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        });

        var found = await FindAsync(job);
        Assert.Equal(job with { Attempts = [], Outputs = [] }, found with { Attempts = [], Outputs = [] });
        Assert.Null(await Store.FindAsync(JobId.New(Then), None));
    }

    [Fact]
    public async Task A_job_is_kept_through_its_whole_life()
    {
        var job = await SubmitAsync(New());
        job = await DoAsync(job, job.Dispatched());
        job = await DoAsync(job, job.Requeued());
        job = await DoAsync(job, job.Dispatched());
        job = await DoAsync(job, job.Completed(Then.AddSeconds(5), Blob('b')));

        var found = await FindAsync(job);
        Assert.Equal(JobPhase.Completed, found.Phase);
        Assert.Equal(job.Version, found.Version);
        Assert.Equal(job.Attempts.AsEnumerable(), found.Attempts.AsEnumerable());
        Assert.Equal(job.Outputs.AsEnumerable(), found.Outputs.AsEnumerable());
    }

    [Fact]
    public async Task A_batch_is_recorded_as_a_whole_and_in_order()
    {
        var (first, second) = (New(), New());
        var dispatched = first.After(first.Dispatched());
        await Store.CommitAsync([first.Submission(), second.Submission(), dispatched], None);

        Assert.Equal(JobPhase.Processing, (await FindAsync(first)).Phase);
        Assert.Equal(JobPhase.Pending, (await FindAsync(second)).Phase);
    }

    [Fact]
    public async Task A_cancelled_claim_claims_nothing()
    {
        var job = await SubmitAsync(New());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.ClaimAsync(10, Any, new CancellationToken(canceled: true)));

        Assert.Equal(job.Id, Assert.Single(await Store.ClaimAsync(10, Any, None)).Id);
    }

    [Fact]
    public async Task A_cancelled_commit_records_nothing()
    {
        var job = New();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.CommitAsync([job.Submission()], new CancellationToken(canceled: true)));
        Assert.Null(await Store.FindAsync(job.Id, None));
    }

    [Fact]
    public async Task Claims_go_by_priority_then_arrival()
    {
        var low = await SubmitAsync(New(priority: -1));
        var first = await SubmitAsync(New());
        var second = await SubmitAsync(New());
        var high = await SubmitAsync(New(priority: 5));

        Assert.Equal([high.Id, first.Id], await ClaimAsync(2));
        Assert.Equal([second.Id, low.Id], await ClaimAsync(10));
        Assert.Empty(await ClaimAsync(10));
    }

    [Fact]
    public async Task Only_jobs_of_the_wanted_workflows_are_claimed()
    {
        var upscale = await SubmitAsync(New(workflow: Upscale));
        var rembg = await SubmitAsync(New(priority: 9, workflow: Rembg));

        Assert.Equal([upscale.Id], await ClaimAsync(10, Upscale));
        Assert.Empty(await ClaimAsync(10, new WorkflowName("other")));
        Assert.Empty(await ClaimAsync(0, Rembg));
        Assert.Equal([rembg.Id], await ClaimAsync(10, Rembg));
    }

    [Fact]
    public async Task A_claim_given_back_takes_its_old_place()
    {
        var first = await SubmitAsync(New());
        var second = await SubmitAsync(New());
        await ClaimAsync(2);

        await Store.ReleaseAsync([second.Id, first.Id], None);

        Assert.Equal([first.Id, second.Id], await ClaimAsync(2));
    }

    [Fact]
    public async Task Giving_back_what_is_not_claimed_changes_nothing()
    {
        var job = await SubmitAsync(New());
        await Store.ReleaseAsync([job.Id, JobId.New(Then)], None);

        Assert.Equal([job.Id], await ClaimAsync(10));
        job = await DoAsync(job, job.Dispatched());
        await Store.ReleaseAsync([job.Id], None);
        Assert.Empty(await ClaimAsync(10));
    }

    [Fact]
    public async Task A_job_submitted_into_the_window_is_claimed_already()
    {
        var job = New();
        await Store.CommitAsync([job.Submission(claim: true)], None);

        Assert.Empty(await ClaimAsync(10));
        await Store.ReleaseAsync([job.Id], None);
        Assert.Equal([job.Id], await ClaimAsync(10));
    }

    [Fact]
    public async Task A_requeued_job_stands_where_it_stood()
    {
        var first = await SubmitAsync(New());
        var second = await SubmitAsync(New());
        await ClaimAsync(1);
        first = await DoAsync(first, first.Dispatched());
        await DoAsync(first, first.Requeued());

        Assert.Equal([first.Id, second.Id], await ClaimAsync(10));
    }

    [Fact]
    public async Task A_job_requeued_into_the_window_stays_claimed()
    {
        var job = await SubmitAsync(New());
        await ClaimAsync(1);
        job = await DoAsync(job, job.Dispatched());
        await Store.CommitAsync([job.After(job.Requeued()) with { Claim = true }], None);

        Assert.Empty(await ClaimAsync(10));
    }

    [Fact]
    public async Task A_job_cancelled_while_it_waits_is_never_claimed()
    {
        var job = await SubmitAsync(New());
        await DoAsync(job, job.Cancelled());

        Assert.Empty(await ClaimAsync(10));
    }

    [Fact]
    public async Task Jobs_ahead_are_counted_claimed_or_not()
    {
        var first = await SubmitAsync(New());
        var second = await SubmitAsync(New());
        var high = await SubmitAsync(New(priority: 1));
        Assert.Equal([0, 1, 2], await AheadAsync(high, first, second));

        await ClaimAsync(1);
        Assert.Equal([0, 1, 2], await AheadAsync(high, first, second));

        await DoAsync(high, high.Dispatched());
        Assert.Equal([null, 0, 1], await AheadAsync(high, first, second));
        Assert.Null(await Store.CountAheadAsync(JobId.New(Then), None));
    }

    [Fact]
    public async Task Recovery_gives_claims_back_and_tells_what_was_processing_and_what_waits()
    {
        var (a, b) = (await SubmitAsync(New()), await SubmitAsync(New()));
        var pending = await SubmitAsync(New(priority: 7));
        var waiting = await SubmitAsync(New());
        await ClaimAsync(10);
        b = await DoAsync(b, b.Dispatched());
        a = await DoAsync(a, a.Dispatched());

        var recovered = await Store.RecoverAsync(None);

        Assert.Equal([a.Id, b.Id], recovered.Processing.Select(job => job.Id));
        Assert.Equal(new Dictionary<int, int> { [7] = 1, [0] = 1 }, recovered.PendingByPriority);
        Assert.Equal([pending.Id, waiting.Id], await ClaimAsync(10));
    }

    [Fact]
    public async Task Ended_jobs_are_found_for_expiry_oldest_first()
    {
        var late = await CompleteAsync(New(), Then.AddSeconds(30));
        var early = await CompleteAsync(New(), Then.AddSeconds(10));
        var middle = await SubmitAsync(New());
        middle = await DoAsync(middle, middle.Cancelled(Then.AddSeconds(20)));
        await SubmitAsync(New());

        Assert.Equal([early.Id, middle.Id], await EndedBeforeAsync(Then.AddSeconds(30)));
        Assert.Equal([early.Id], await EndedBeforeAsync(Then.AddSeconds(60), max: 1));

        await DoAsync(early, early.Expired(Then.AddSeconds(40)));
        Assert.Equal([middle.Id, late.Id], await EndedBeforeAsync(Then.AddSeconds(60)));
    }

    [Fact]
    public async Task An_expired_job_is_remembered_for_a_day()
    {
        var job = await CompleteAsync(New(), Then);
        job = await DoAsync(job, job.Expired(Then.AddMinutes(5)));
        Assert.Equal(Then.AddMinutes(5), (await FindAsync(job)).ExpiredAt);

        await CompleteAsync(New(), Then.AddMinutes(5).AddHours(24));
        Assert.NotNull(await Store.FindAsync(job.Id, None));

        await CompleteAsync(New(), Then.AddMinutes(5).AddHours(24).AddTicks(1));
        Assert.Null(await Store.FindAsync(job.Id, None));
    }

    [Fact]
    public async Task A_file_is_in_use_while_an_unexpired_job_names_it()
    {
        var (shared, output, unknown) = (Blob('a'), Blob('b'), Blob('c'));
        var first = await CompleteAsync(New(inputs: ImageOf(shared)), Then, output);
        var second = await SubmitAsync(New(inputs: ImageOf(shared)));
        Assert.Equal([unknown], await UnreferencedAsync(shared, output, unknown));

        await DoAsync(first, first.Expired(Then));
        Assert.Equal([output, unknown], await UnreferencedAsync(shared, output, unknown));

        second = await DoAsync(second, second.Cancelled());
        Assert.Equal([output], await UnreferencedAsync(shared, output));
        await DoAsync(second, second.Expired(Then));
        Assert.Equal([shared, output], await UnreferencedAsync(shared, output));
    }

    [Fact]
    public async Task Claimed_by_many_at_once_no_job_is_claimed_twice_and_none_is_forgotten()
    {
        Job[] jobs = [.. Enumerable.Range(0, 500).Select(n => New(n % 3, n % 2 == 0 ? Upscale : Rembg))];
        await Store.CommitAsync([.. jobs.Select(job => job.Submission())], None);

        var claimed = await Task.WhenAll(Enumerable.Range(0, 8).Select(claimer => Task.Run(async () =>
        {
            var mine = new List<JobId>();
            while (await ClaimAsync(1 + claimer) is { Count: > 0 } some)
            {
                mine.AddRange(some);
            }

            return mine;
        })));

        var all = claimed.SelectMany(some => some).ToArray();
        Assert.Equal(jobs.Length, all.Length);
        Assert.Equal(jobs.Select(job => job.Id).ToHashSet(), all.ToHashSet());
    }

    [Fact]
    public async Task Jobs_committed_from_many_threads_are_all_recorded()
    {
        var ended = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => Task.Run(
            () => CompleteAsync(New(inputs: ImageOf(Blob('a'))), Then.AddSeconds(n)))));

        Assert.Equal(ended.Select(job => job.Id), await EndedBeforeAsync(Then.AddDays(1), max: 1000));
        Assert.Empty((await Store.RecoverAsync(None)).Processing);
    }

    private async Task<Job> SubmitAsync(Job job)
    {
        await Store.CommitAsync([job.Submission()], None);
        return job;
    }

    private async Task<Job> DoAsync(Job job, Jobs.IEvent happened)
    {
        var commit = job.After(happened);
        await Store.CommitAsync([commit], None);
        return commit.After;
    }

    private async Task<Job> CompleteAsync(Job job, DateTimeOffset at, params BlobId[] outputs)
    {
        await SubmitAsync(job);
        job = await DoAsync(job, job.Dispatched());
        return await DoAsync(job, job.Completed(at, outputs));
    }

    private async Task<Job> FindAsync(Job job)
    {
        var found = await Store.FindAsync(job.Id, None);
        Assert.NotNull(found);
        return found;
    }

    private async Task<List<JobId>> ClaimAsync(int max, params WorkflowName[] workflows)
    {
        var wanted = workflows.Length == 0 ? Any : workflows.Select(QueueName.Of).ToHashSet();
        return [.. (await Store.ClaimAsync(max, wanted, None)).Select(job => job.Id)];
    }

    private async Task<List<int?>> AheadAsync(params Job[] jobs)
    {
        var ahead = new List<int?>();
        foreach (var job in jobs)
        {
            ahead.Add(await Store.CountAheadAsync(job.Id, None));
        }

        return ahead;
    }

    private async Task<List<JobId>> EndedBeforeAsync(DateTimeOffset time, int max = 10) =>
        [.. (await Store.FindExpiredAsync(time, max, None)).Select(job => job.Id)];

    private async Task<List<BlobId>> UnreferencedAsync(params BlobId[] blobs) =>
        [.. (await Store.FindUnreferencedAsync(blobs, None)).OrderBy(blob => blob.Value, StringComparer.Ordinal)];
}

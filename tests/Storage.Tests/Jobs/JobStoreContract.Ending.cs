using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using static AkkaComfy.Storage.Tests.StoredJobs;

namespace AkkaComfy.Storage.Tests;

/// <content>Jobs that are given up, and jobs that a client wants forgotten.</content>
public abstract partial class JobStoreContract
{
    [Fact]
    public async Task A_deleted_job_is_remembered_as_deleted_without_its_files_and_takes_its_key_along_for_a_day()
    {
        var (image, key) = (Blob('a'), new IdempotencyKey("k", "hash"));
        var job = New(inputs: ImageOf(image));
        await Store.CommitAsync([job.Submission() with { Key = key }], None);
        job = await DoAsync(job, job.Cancelled());

        job = await DoAsync(job, job.Deleted(Then.AddMinutes(1)));

        var found = await FindAsync(job);
        Assert.True(found.IsDeleted);
        Assert.Equal((Then.AddMinutes(1), job.Version), (found.ExpiredAt, found.Version));
        Assert.Empty((await Store.ListAsync(new JobFilter(), after: null, max: 10, None)).Jobs);
        Assert.Equal([image], await UnreferencedAsync(image));
        Assert.Equal(new KeyedJob(job.Id, "hash"), await Store.FindByKeyAsync("k", None));

        await CompleteAsync(New(), Then.AddDays(2));
        Assert.Null(await Store.FindAsync(job.Id, None));
        Assert.Null(await Store.FindByKeyAsync("k", None));
    }

    [Fact]
    public async Task An_expired_job_can_be_deleted_and_is_forgotten_once()
    {
        var job = await CompleteAsync(New(), Then);
        job = await DoAsync(job, job.Expired(Then.AddMinutes(5)));

        job = await DoAsync(job, job.Deleted(Then.AddMinutes(9)));

        var found = await FindAsync(job);
        Assert.Equal((true, Then.AddMinutes(5)), (found.IsDeleted, found.ExpiredAt));
        await CompleteAsync(New(), Then.AddDays(2));
        Assert.Null(await Store.FindAsync(job.Id, None));
    }

    [Fact]
    public async Task Jobs_pending_too_long_are_found_claimed_or_not_longest_first()
    {
        var late = await SubmitAsync(New(at: Then.AddSeconds(30)));
        var early = await SubmitAsync(New(at: Then.AddSeconds(10)));
        var claimed = New(priority: 9, at: Then.AddSeconds(20));
        await Store.CommitAsync([claimed.Submission(claim: true)], None);
        var running = await SubmitAsync(New(at: Then));
        await DoAsync(running, running.Dispatched());

        Assert.Equal([early.Id, claimed.Id], await PendingSinceAsync(Then.AddSeconds(30)));
        Assert.Equal([early.Id], await PendingSinceAsync(Then.AddSeconds(60), max: 1));
        Assert.Equal([early.Id, claimed.Id, late.Id], await PendingSinceAsync(Then.AddSeconds(31)));
    }

    [Fact]
    public async Task A_requeued_job_is_pending_since_then()
    {
        var job = await SubmitAsync(New());
        job = await DoAsync(job, job.Dispatched());
        job = await DoAsync(job, job.Requeued(Then.AddSeconds(50)));

        Assert.Empty(await PendingSinceAsync(Then.AddSeconds(50)));
        Assert.Equal([job.Id], await PendingSinceAsync(Then.AddSeconds(51)));
        await DoAsync(job, job.Dispatched());
        Assert.Empty(await PendingSinceAsync(Then.AddSeconds(51)));
    }

    private async Task<List<JobId>> PendingSinceAsync(DateTimeOffset before, int max = 10) =>
        [.. (await Store.FindPendingSinceAsync(before, max, None)).Select(job => job.Id)];
}

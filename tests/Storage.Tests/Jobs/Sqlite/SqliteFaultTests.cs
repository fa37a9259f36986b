using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using static AkkaComfy.Storage.Tests.StoredJobs;

namespace AkkaComfy.Storage.Tests;

/// <summary>A disk that fails under an open store: a clear fault, nothing half recorded, and on it goes afterwards.</summary>
public sealed class SqliteFaultTests : IAsyncLifetime, IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly SqliteFile _file = new();
    private SqliteJobStore _store = null!;

    public Task InitializeAsync()
    {
        _store = _file.Open();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_full_disk_refuses_whole_batches_until_there_is_space_again()
    {
        var recorded = await FillAsync();
        JobCommit[] batch = [.. Enumerable.Range(0, 400).Select(_ => New().Submission(claim: true))];

        var full = await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.CommitAsync(batch, None));
        Assert.Equal(StoreFault.Full, full.Fault);
        Assert.Contains($"The database '{_file.Path}' has no space left", full.Message, StringComparison.Ordinal);
        Assert.Equal(recorded, (await _store.CountAsync(None)).Sum(count => count.Jobs));

        _store.Writer.Connection.Execute("PRAGMA max_page_count = 1000000");
        await _store.CommitAsync([.. batch.Select(commit => commit with { Claim = false })], None);
        Assert.Equal(recorded + batch.Length, (await _store.ClaimAsync(10_000, Any, None)).Count);
    }

    [Fact]
    public async Task A_full_disk_can_still_be_read_and_what_it_holds_still_be_found()
    {
        var job = New();
        await _store.CommitAsync([job.Submission()], None);
        await FillAsync();

        Assert.NotNull(await _store.FindAsync(job.Id, None));
        Assert.NotEmpty((await _store.ListAsync(new JobFilter(), after: null, max: 10, None)).Jobs);
    }

    [Fact]
    public async Task A_database_that_became_read_only_says_so_and_goes_on_once_it_is_not()
    {
        var job = New();
        _store.Writer.Connection.Execute("PRAGMA query_only = ON");

        var readOnly = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => _store.CommitAsync([job.Submission()], None));
        Assert.Equal(StoreFault.ReadOnly, readOnly.Fault);

        _store.Writer.Connection.Execute("PRAGMA query_only = OFF");
        await _store.CommitAsync([job.Submission()], None);
        Assert.NotNull(await _store.FindAsync(job.Id, None));
    }

    [Fact]
    public async Task Pages_that_are_damaged_under_an_open_store_are_noticed_when_they_are_read()
    {
        Job[] jobs = [.. Enumerable.Range(0, 500).Select(_ => New())];
        await _store.CommitAsync([.. jobs.Select(job => job.Submission())], None);
        _store.Writer.Connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        using (var file = File.OpenWrite(_file.Path))
        {
            var noise = new byte[file.Length - 4096];
            new Random(7).NextBytes(noise);
            file.Position = 4096;
            file.Write(noise);
        }

        var damaged = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => _store.FindAsync(jobs[250].Id, None));

        Assert.Equal(StoreFault.Damaged, damaged.Fault);
    }

    [Fact]
    public async Task A_claim_that_fails_once_it_is_taken_is_given_back()
    {
        var filler = new string('x', 50_000);
        Job[] jobs =
        [
            .. Enumerable.Range(0, 5).Select(_ => New(inputs: new Inputs(
                Inputs.Empty.Values.Add("prompt", new InputValue.Text(filler))))),
        ];
        await _store.CommitAsync([.. jobs.Select(job => job.Submission())], None);
        _store.Writer.Connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        var sound = await File.ReadAllBytesAsync(_file.Path);
        await OverwriteAsync(LoseOverflowPages(sound));

        var damaged = await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.ClaimAsync(10, Any, None));
        await OverwriteAsync(sound);

        Assert.Equal(StoreFault.Damaged, damaged.Fault);
        Assert.Equal(jobs.Length, (await _store.ClaimAsync(10, Any, None)).Count);
    }

    [Fact]
    public async Task A_damaged_job_is_passed_over_and_told_of_once_while_the_others_go_on()
    {
        var (waiting, running, ended) = (Pair(), Pair(), Pair());
        await _store.CommitAsync(
            [
                .. waiting.Concat(running).Concat(ended).Select(job => job.Submission()),
                .. running.Select(job => job.After(job.Dispatched())),
                .. ended.Select(job => job.After(job.Cancelled())),
            ],
            None);
        foreach (var damaged in (Job[])[waiting[0], running[0], ended[0]])
        {
            _store.Writer.Connection.Execute(
                $"UPDATE jobs SET body = substr(body, 1, 5) WHERE id = x'{Convert.ToHexString(JobRow.Id(damaged.Id))}'");
        }

        Assert.Equal(running[1].Id, Assert.Single((await _store.RecoverAsync(None)).Processing).Id);
        Assert.Equal(waiting[1].Id, Assert.Single(await _store.ClaimAsync(1, Any, None)).Id);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(ended[1].Id, Assert.Single(await _store.FindExpiredAsync(Then.AddDays(1), 10, None)).Id);
            Assert.Equal(waiting[1].Id, Assert.Single(await _store.FindPendingSinceAsync(Then.AddDays(1), 10, None)).Id);
        }

        Assert.Equal(3, (await _store.ListAsync(new JobFilter(), after: null, max: 10, None)).Jobs.Count);
        Assert.Equal(3, _store.TakeUnreadable().Count);
        Assert.Empty(_store.TakeUnreadable());
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.FindAsync(running[0].Id, None));

        static Job[] Pair() => [New(), New()];
    }

    /// <summary>Each page that continues a long row names a next one that there is not.</summary>
    private static byte[] LoseOverflowPages(byte[] pages)
    {
        const int PageSize = 4096;
        var lost = pages.ToArray();
        for (var page = 0; page < lost.Length; page += PageSize)
        {
            if (lost.AsSpan(page + 100, 1000).IndexOfAnyExcept((byte)'x') < 0)
            {
                lost.AsSpan(page, 4).Fill(0x7F);
            }
        }

        return lost;
    }

    private async Task OverwriteAsync(byte[] pages)
    {
        await using var file = File.OpenWrite(_file.Path);
        await file.WriteAsync(pages);
    }

    /// <summary>Leaves no room for another page.</summary>
    /// <returns>How many jobs there are then.</returns>
    private async Task<int> FillAsync()
    {
        var pages = _store.Writer.Connection.Pragma("page_count");
        _store.Writer.Connection.Execute($"PRAGMA max_page_count = {pages + 20}");
        try
        {
            while (true)
            {
                await _store.CommitAsync([New().Submission()], None);
            }
        }
        catch (StoreUnavailableException full) when (full.Fault == StoreFault.Full)
        {
            return (await _store.CountAsync(None)).Sum(count => count.Jobs);
        }
    }
}

using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using Microsoft.Data.Sqlite;
using static AkkaComfy.Storage.Tests.StoredJobs;
using static SQLitePCL.raw;

namespace AkkaComfy.Storage.Tests;

public sealed class SqliteJobStoreTests : JobStoreContract, IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly SqliteFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Jobs_outlive_the_store_that_recorded_them_and_claims_do_not()
    {
        using var file = new SqliteFile();
        var (waiting, running) = (New(), New());
        var dispatched = running.After(running.Dispatched());
        await using (var first = file.Open())
        {
            await first.CommitAsync([waiting.Submission(claim: true), running.Submission(), dispatched], None);
        }

        await using var second = file.Open();
        var recovery = await second.RecoverAsync(None);

        Assert.Equal(running.Id, Assert.Single(recovery.Processing).Id);
        Assert.Equal(waiting.Id, Assert.Single(await second.ClaimAsync(10, Any, None)).Id);
    }

    [Fact]
    public async Task An_event_of_a_job_never_submitted_is_a_bug_and_its_batch_is_not_recorded()
    {
        using var file = new SqliteFile();
        await using var store = file.Open();
        var (known, unknown) = (New(), New());

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            store.CommitAsync([known.Submission(claim: true), unknown.After(unknown.Dispatched())], None));

        Assert.Null(await store.FindAsync(known.Id, None));
        await store.CommitAsync([known.Submission()], None);
        Assert.Equal(known.Id, Assert.Single(await store.ClaimAsync(10, Any, None)).Id);
    }

    [Fact]
    public async Task A_store_is_closed_only_when_the_commit_under_way_is_done()
    {
        using var file = new SqliteFile();
        var store = file.Open();
        var (first, late) = (New(), New());
        using var committing = new Barrier(2);
        using var mayGoOn = new Barrier(2);
        sqlite3_commit_hook(
            store.Writer.Connection.Handle,
            _ =>
            {
                committing.SignalAndWait();
                mayGoOn.SignalAndWait();
                return 0;
            },
            null);

        var commit = Task.Run(() => store.CommitAsync([first.Submission()], None));
        committing.SignalAndWait();
        var closing = store.DisposeAsync().AsTask();
        var refused = store.CommitAsync([late.Submission()], None);
        Assert.False(closing.IsCompleted);
        mayGoOn.SignalAndWait();

        await commit;
        await closing;
        await Assert.ThrowsAsync<ObjectDisposedException>(() => refused);
        await using var again = file.Open();
        Assert.NotNull(await again.FindAsync(first.Id, None));
        Assert.Null(await again.FindAsync(late.Id, None));
    }

    [Fact]
    public async Task The_log_is_emptied_though_somebody_read_while_it_grew()
    {
        using var file = new SqliteFile();
        await using var store = file.Open();
        var log = new FileInfo(file.Path + "-wal");
        using (var reader = new SqliteConnection($"Data Source={file.Path};Pooling=False"))
        {
            reader.Open();
            reader.Execute("BEGIN; SELECT count(*) FROM jobs");
            for (var i = 0; log.Length <= WriteAheadLog.MaxBytes; i++, log.Refresh())
            {
                await store.CommitAsync([Large()], None);
            }
        }

        for (var i = 0; i < 64; i++)
        {
            await store.CommitAsync([New().Submission()], None);
        }

        log.Refresh();
        Assert.InRange(log.Length, 0, WriteAheadLog.MaxBytes / 4);

        static JobCommit Large() => New(inputs: new Inputs(
            Inputs.Empty.Values.Add("prompt", new InputValue.Text(new string('x', 2 << 20))))).Submission();
    }

    protected override ValueTask<IJobStore> OpenAsync() => new(_file.Open());
}

using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using Microsoft.Data.Sqlite;

namespace AkkaComfy.Storage;

/// <summary>Keeps jobs in an SQLite database that one process has for itself; a commit is on the disk when it returns.</summary>
public sealed class SqliteJobStore : IJobStore
{
    private const int Readers = 4;

    private readonly SqliteDatabase _database;
    private readonly JobWriter _writer;
    private readonly ReaderPool _readers;
    private readonly Claims _claims = new();
    private readonly UnreadableJobs _unreadable = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private bool _closing;
    private bool _closed;

    private SqliteJobStore(SqliteDatabase database, JobWriter writer)
    {
        _database = database;
        _writer = writer;
        _readers = new ReaderPool(() => new JobReader(database.OpenReader(), _unreadable), Readers);
    }

    /// <summary>Tests provoke faults of the disk through it.</summary>
    internal JobWriter Writer => _writer;

    /// <summary>Opens the database at the path, or makes a new one.</summary>
    /// <exception cref="StoreRefusedException">It is damaged, not ours, too new, or cannot be written.</exception>
    public static SqliteJobStore Open(string path, TimeProvider time)
    {
        var database = new SqliteDatabase(path);
        return new SqliteJobStore(database, new JobWriter(database.Prepare(SchemaMigrations.Shipped, time)));
    }

    public async Task<IReadOnlyList<JobCommit>> CommitAsync(
        IReadOnlyList<JobCommit> batch, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            var taken = _claims.Take(batch);
            try
            {
                var leftOut = _writer.Commit(batch);
                _claims.Settle(batch, leftOut);
                return leftOut;
            }
            catch
            {
                _claims.Release(taken);
                throw;
            }
        }
        catch (SqliteException failure) when (SqliteFaults.Of(failure) is { } fault)
        {
            throw SqliteFaults.Unavailable(fault, failure, _database.Path);
        }
        finally
        {
            _writing.Release();
        }
    }

    public Task<Job?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        ReadAsync(reader => reader.Find(id), cancellationToken);

    public Task<KeyedJob?> FindByKeyAsync(string key, CancellationToken cancellationToken) =>
        ReadAsync(reader => reader.FindByKey(key), cancellationToken);

    public Task<IReadOnlyList<Job>> ClaimAsync(
        int max, IReadOnlySet<QueueName> queues, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<Job>>(
            reader => Claim(reader, max, queues, cancellationToken), cancellationToken);

    public Task ReleaseAsync(IReadOnlyCollection<JobId> claimed, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _claims.Release(claimed);
        return Task.CompletedTask;
    }

    public Task<StoreRecovery> RecoverAsync(CancellationToken cancellationToken) => ReadAsync(
        reader => _claims.ReleaseAll(() => reader.Consistently(it => it.Recovery())), cancellationToken);

    public Task<int?> CountAheadAsync(JobId id, CancellationToken cancellationToken) =>
        ReadAsync(reader => reader.CountAhead(id), cancellationToken);

    public Task<JobPage> ListAsync(
        JobFilter filter, long? after, int max, CancellationToken cancellationToken) =>
        ReadAsync(
            reader => reader.Consistently(it => it.List(filter, before: after ?? long.MaxValue, max)),
            cancellationToken);

    public Task<IReadOnlyList<JobCount>> CountAsync(CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<JobCount>>(reader => reader.Groups(), cancellationToken);

    public Task<IReadOnlyList<Job>> FindExpiredAsync(
        DateTimeOffset endedBefore, int max, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<Job>>(reader => reader.EndedBefore(endedBefore, max), cancellationToken);

    public Task<IReadOnlyList<Job>> FindPendingSinceAsync(
        DateTimeOffset pendingSinceBefore, int max, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<Job>>(reader => reader.PendingSinceBefore(pendingSinceBefore, max), cancellationToken);

    public Task<IReadOnlyList<BlobId>> FindUnreferencedAsync(
        IReadOnlyCollection<BlobId> blobs, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<BlobId>>(
            reader => reader.Consistently(it => blobs.Distinct().Where(blob => !it.IsNamed(blob)).ToList()),
            cancellationToken);

    public IReadOnlyList<StoreUnavailableException> TakeUnreadable() => _unreadable.TakeUntold();

    /// <summary>Ends once the commit and the reading under way have.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closing, true))
        {
            return;
        }

        await _readers.DisposeAsync();
        await _writing.WaitAsync();
        _closed = true;
        _writer.Dispose();
        _writing.Release();
    }

    /// <remarks>What cannot be read stays claimed, so that it stands in nobody's way.</remarks>
    private List<Job> Claim(
        JobReader reader, int max, IReadOnlySet<QueueName> queues, CancellationToken cancellationToken)
    {
        IReadOnlyList<(QueuePlace Place, JobId Id)> taken = [];
        try
        {
            return reader.Consistently(it =>
            {
                List<Job> jobs;
                do
                {
                    // The state that is read is that of the first read: none before the claims are locked.
                    taken = _claims.Take(
                        max,
                        atMost => queues.SelectMany(queue => it.FirstWaiting(queue, atMost))
                            .OrderBy(job => job.Place),
                        cancellationToken);
                    jobs = it.Get(taken.Select(job => job.Place.Arrival));
                }
                while (jobs.Count == 0 && taken.Count > 0);
                return jobs;
            });
        }
        catch
        {
            _claims.Release([.. taken.Select(job => job.Id)]);
            throw;
        }
    }

    private async Task<T> ReadAsync<T>(Func<JobReader, T> read, CancellationToken cancellationToken)
    {
        try
        {
            return await _readers.ReadAsync(read, cancellationToken);
        }
        catch (SqliteException failure) when (SqliteFaults.Of(failure) is { } fault)
        {
            throw SqliteFaults.Unavailable(fault, failure, _database.Path);
        }
    }
}

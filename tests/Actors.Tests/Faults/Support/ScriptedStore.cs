using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Tests.Faults.Support;

/// <summary>A memory store whose every operation can be held back or made to fail; it keeps what was committed.</summary>
internal sealed class ScriptedStore : IJobStore
{
    private readonly MemoryJobStore _inner = new();
    private readonly Lock _lock = new();
    private readonly List<JobCommit> _committed = [];

    public Gate Commits { get; } = new();

    public Gate Reads { get; } = new();

    public Gate Recoveries { get; } = new();

    /// <summary>Says which batches fail.</summary>
    public Func<IReadOnlyList<JobCommit>, bool> Fails { get; set; } = _ => false;

    /// <summary>What a batch that fails throws.</summary>
    public Exception Fault { get; set; } = new IOException("disk full");

    public Func<bool> RecoveryFails { get; set; } = () => false;

    /// <summary>Every commit that was recorded, in order.</summary>
    public IReadOnlyList<JobCommit> Committed
    {
        get
        {
            lock (_lock)
            {
                return [.. _committed];
            }
        }
    }

    /// <summary>The batches under way at once, at most.</summary>
    public int MostAtOnce { get; private set; }

    private int AtOnce { get; set; }

    public async Task<IReadOnlyList<JobCommit>> CommitAsync(
        IReadOnlyList<JobCommit> batch, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            AtOnce++;
            MostAtOnce = Math.Max(MostAtOnce, AtOnce);
        }

        try
        {
            await Commits.PassAsync(cancellationToken);
            if (Fails(batch))
            {
                throw Fault;
            }

            var leftOut = await _inner.CommitAsync(batch, cancellationToken);
            lock (_lock)
            {
                _committed.AddRange(batch);
            }

            return leftOut;
        }
        finally
        {
            lock (_lock)
            {
                AtOnce--;
            }
        }
    }

    public async Task<Job?> FindAsync(JobId id, CancellationToken cancellationToken)
    {
        var job = await _inner.FindAsync(id, cancellationToken);
        // What is held back is the answer: it may be old when it comes.
        await Reads.PassAsync(cancellationToken);
        return job;
    }

    public Task<KeyedJob?> FindByKeyAsync(string key, CancellationToken cancellationToken) =>
        _inner.FindByKeyAsync(key, cancellationToken);

    public Task<JobPage> ListAsync(JobFilter filter, long? after, int max, CancellationToken cancellationToken) =>
        _inner.ListAsync(filter, after, max, cancellationToken);

    public Task<IReadOnlyList<JobCount>> CountAsync(CancellationToken cancellationToken) =>
        _inner.CountAsync(cancellationToken);

    public Task<IReadOnlyList<Job>> ClaimAsync(
        int max, IReadOnlySet<QueueName> queues, CancellationToken cancellationToken) =>
        _inner.ClaimAsync(max, queues, cancellationToken);

    public Task ReleaseAsync(IReadOnlyCollection<JobId> claimed, CancellationToken cancellationToken) =>
        _inner.ReleaseAsync(claimed, cancellationToken);

    public async Task<StoreRecovery> RecoverAsync(CancellationToken cancellationToken)
    {
        await Recoveries.PassAsync(cancellationToken);
        return RecoveryFails() ? throw new IOException("the disk is gone") : await _inner.RecoverAsync(cancellationToken);
    }

    public Task<int?> CountAheadAsync(JobId id, CancellationToken cancellationToken) =>
        _inner.CountAheadAsync(id, cancellationToken);

    public Task<IReadOnlyList<Job>> FindExpiredAsync(
        DateTimeOffset endedBefore, int max, CancellationToken cancellationToken) =>
        _inner.FindExpiredAsync(endedBefore, max, cancellationToken);

    public Task<IReadOnlyList<Job>> FindPendingSinceAsync(
        DateTimeOffset pendingSinceBefore, int max, CancellationToken cancellationToken) =>
        _inner.FindPendingSinceAsync(pendingSinceBefore, max, cancellationToken);

    public Task<IReadOnlyList<BlobId>> FindUnreferencedAsync(
        IReadOnlyCollection<BlobId> blobs, CancellationToken cancellationToken) =>
        _inner.FindUnreferencedAsync(blobs, cancellationToken);

    public ValueTask DisposeAsync() => _inner.DisposeAsync();
}

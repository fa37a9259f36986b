using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Tests.Support;

/// <summary>A memory store whose commits can be made to fail, or to wait.</summary>
internal sealed class FaultyStore : IJobStore
{
    private readonly MemoryJobStore _inner = new();

    /// <summary>What another process would see, and write to.</summary>
    public MemoryJobStore Inner => _inner;

    /// <summary>Says which batches fail.</summary>
    public Func<IReadOnlyList<JobCommit>, bool> Fails { get; set; } = _ => false;

    /// <summary>Commits wait for this.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public bool IsAsked { get; private set; }

    /// <summary>While set, the store cannot be read at start.</summary>
    public bool IsDown { get; set; }

    public int Commits { get; private set; }

    public async Task<IReadOnlyList<JobCommit>> CommitAsync(
        IReadOnlyList<JobCommit> batch, CancellationToken cancellationToken)
    {
        IsAsked = true;
        await Gate.WaitAsync(cancellationToken);
        Commits++;
        if (Fails(batch))
        {
            throw new IOException("disk full");
        }

        return await _inner.CommitAsync(batch, cancellationToken);
    }

    public Task<Job?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        _inner.FindAsync(id, cancellationToken);

    public Task<KeyedJob?> FindByKeyAsync(string key, CancellationToken cancellationToken) =>
        _inner.FindByKeyAsync(key, cancellationToken);

    public Task<IReadOnlyList<Job>> ClaimAsync(
        int max, IReadOnlySet<QueueName> queues, CancellationToken cancellationToken) =>
        _inner.ClaimAsync(max, queues, cancellationToken);

    public Task ReleaseAsync(IReadOnlyCollection<JobId> claimed, CancellationToken cancellationToken) =>
        _inner.ReleaseAsync(claimed, cancellationToken);

    public Task<StoreRecovery> RecoverAsync(CancellationToken cancellationToken) => IsDown
        ? Task.FromException<StoreRecovery>(new IOException("the disk is gone"))
        : _inner.RecoverAsync(cancellationToken);

    public Task<int?> CountAheadAsync(JobId id, CancellationToken cancellationToken) =>
        _inner.CountAheadAsync(id, cancellationToken);

    public Task<JobPage> ListAsync(JobFilter filter, long? after, int max, CancellationToken cancellationToken) =>
        _inner.ListAsync(filter, after, max, cancellationToken);

    public Task<IReadOnlyList<JobCount>> CountAsync(CancellationToken cancellationToken) =>
        _inner.CountAsync(cancellationToken);

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

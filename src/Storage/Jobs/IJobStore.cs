using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Storage;

/// <summary>Keeps jobs: the queue and the record of everything accepted.</summary>
/// <remarks>
/// A claimed job is still pending; a claim only keeps it from being claimed twice. A job whose record is damaged is
/// passed over among others, and cannot be found by itself. Every call throws
/// <see cref="StoreUnavailableException"/> while the store cannot do its work.
/// </remarks>
public interface IJobStore : IAsyncDisposable
{
    /// <summary>Records all of the batch or none of it, as durably as the store promises.</summary>
    /// <returns>The submissions left out, and only these, because another job has their idempotency key.</returns>
    Task<IReadOnlyList<JobCommit>> CommitAsync(IReadOnlyList<JobCommit> batch, CancellationToken cancellationToken);

    /// <returns>Null for a job never recorded; an expired one is found with <see cref="Job.ExpiredAt"/> set.</returns>
    Task<Job?> FindAsync(JobId id, CancellationToken cancellationToken);

    /// <returns>The job submitted with the key; null when there is none, or none any more.</returns>
    Task<KeyedJob?> FindByKeyAsync(string key, CancellationToken cancellationToken);

    /// <summary>Claims pending jobs of these queues, highest priority first, then oldest first.</summary>
    Task<IReadOnlyList<Job>> ClaimAsync(
        int max, IReadOnlySet<QueueName> queues, CancellationToken cancellationToken);

    /// <summary>Gives claims back.</summary>
    Task ReleaseAsync(IReadOnlyCollection<JobId> claimed, CancellationToken cancellationToken);

    /// <summary>What a supervisor starts from: all claims are given back, the processing jobs returned.</summary>
    Task<StoreRecovery> RecoverAsync(CancellationToken cancellationToken);

    /// <returns>How many pending jobs stand before this one; null unless it is pending.</returns>
    Task<int?> CountAheadAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Lists unexpired jobs, newest first.</summary>
    /// <param name="after">The <see cref="JobPage.Next"/> of the page before; null for the first.</param>
    Task<JobPage> ListAsync(JobFilter filter, long? after, int max, CancellationToken cancellationToken);

    /// <returns>How many unexpired jobs there are of each group that has any, in no particular order.</returns>
    Task<IReadOnlyList<JobCount>> CountAsync(CancellationToken cancellationToken);

    /// <returns>Jobs that ended before the given time and have not expired, oldest first.</returns>
    Task<IReadOnlyList<Job>> FindExpiredAsync(
        DateTimeOffset endedBefore, int max, CancellationToken cancellationToken);

    /// <returns>Jobs that have been pending since before the given time, claimed or not, those longest pending first.</returns>
    Task<IReadOnlyList<Job>> FindPendingSinceAsync(
        DateTimeOffset pendingSinceBefore, int max, CancellationToken cancellationToken);

    /// <returns>Those of the given blobs that no unexpired job names.</returns>
    Task<IReadOnlyList<BlobId>> FindUnreferencedAsync(
        IReadOnlyCollection<BlobId> blobs, CancellationToken cancellationToken);

    /// <returns>Why jobs were passed over whose records are damaged: each once, and since the last call.</returns>
    IReadOnlyList<StoreUnavailableException> TakeUnreadable() => [];
}

/// <summary>What a store holds when a supervisor starts.</summary>
/// <param name="PendingByPriority">How many jobs wait, by priority.</param>
/// <param name="PendingPrompts">The queues in which jobs with graphs of their own wait.</param>
public sealed record StoreRecovery(
    IReadOnlyList<Job> Processing,
    IReadOnlyDictionary<int, int> PendingByPriority,
    IReadOnlyList<PendingPrompts> PendingPrompts);

/// <summary>Jobs that wait with graphs of their own which all need the same.</summary>
/// <param name="Jobs">At least one.</param>
public sealed record PendingPrompts(GraphNeeds Needs, int Jobs);

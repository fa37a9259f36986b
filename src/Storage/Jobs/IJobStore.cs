using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Storage;

/// <summary>What one commit does to one job.</summary>
/// <param name="After">The job after the events.</param>
/// <param name="Claim">The job is new and goes straight into the claimer's window.</param>
public sealed record JobCommit(Job After, IReadOnlyList<Jobs.IEvent> Events, bool Claim = false);

/// <summary>Keeps jobs: the queue and the record of everything accepted.</summary>
/// <remarks>A claimed job is still pending; a claim only keeps it from being claimed twice.</remarks>
public interface IJobStore : IAsyncDisposable
{
    /// <summary>Records all of the batch or none of it, as durably as the store promises.</summary>
    Task CommitAsync(IReadOnlyList<JobCommit> batch, CancellationToken cancellationToken);

    /// <returns>Null for a job never recorded; an expired one is found with <see cref="Job.ExpiredAt"/> set.</returns>
    Task<Job?> FindAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Claims pending jobs of these workflows, highest priority first, then oldest first.</summary>
    Task<IReadOnlyList<Job>> ClaimAsync(
        int max, IReadOnlySet<WorkflowName> workflows, CancellationToken cancellationToken);

    /// <summary>Gives claims back.</summary>
    Task ReleaseAsync(IReadOnlyCollection<JobId> claimed, CancellationToken cancellationToken);

    /// <summary>What a supervisor starts from: all claims are given back, the processing jobs returned.</summary>
    Task<StoreRecovery> RecoverAsync(CancellationToken cancellationToken);

    /// <returns>How many pending jobs stand before this one; null unless it is pending.</returns>
    Task<int?> CountAheadAsync(JobId id, CancellationToken cancellationToken);

    /// <returns>Jobs that ended before the given time and have not expired, oldest first.</returns>
    Task<IReadOnlyList<Job>> FindExpiredAsync(
        DateTimeOffset endedBefore, int max, CancellationToken cancellationToken);

    /// <returns>Those of the given blobs that no unexpired job names.</returns>
    Task<IReadOnlyList<BlobId>> FindUnreferencedAsync(
        IReadOnlyCollection<BlobId> blobs, CancellationToken cancellationToken);
}

/// <summary>What a store holds when a supervisor starts.</summary>
/// <param name="PendingByPriority">How many jobs wait, by priority.</param>
public sealed record StoreRecovery(
    IReadOnlyList<Job> Processing, IReadOnlyDictionary<int, int> PendingByPriority);

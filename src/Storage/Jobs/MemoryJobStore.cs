using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Storage;

/// <summary>Keeps jobs in memory: nothing survives the process. Safe for any number of threads.</summary>
/// <remarks>Time is what the events say. Expired jobs are remembered for a day, the last <see cref="MaxExpired"/> at most.</remarks>
public sealed class MemoryJobStore : IJobStore
{
    public const int MaxExpired = 100_000;

    private static readonly TimeSpan RememberExpiredFor = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private readonly Dictionary<JobId, (Job Job, long Arrival)> _jobs = [];
    private readonly PendingQueue _pending = new();
    private readonly HashSet<JobId> _processing = [];
    private readonly SortedSet<(DateTimeOffset EndedAt, long Arrival, Guid Id)> _ended = [];
    private readonly Queue<(JobId Id, DateTimeOffset At)> _expired = new();
    private readonly Dictionary<BlobId, int> _references = [];
    private long _arrivals;

    public Task CommitAsync(IReadOnlyList<JobCommit> batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            foreach (var commit in batch)
            {
                Put(commit.After, commit.Claim);
            }

            foreach (var happened in batch.SelectMany(commit => commit.Events))
            {
                ForgetExpiredBefore(happened.At - RememberExpiredFor);
            }
        }

        return Task.CompletedTask;
    }

    public Task<Job?> FindAsync(JobId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return Task.FromResult(_jobs.TryGetValue(id, out var entry) ? entry.Job : null);
        }
    }

    public Task<IReadOnlyList<Job>> ClaimAsync(
        int max, IReadOnlySet<WorkflowName> workflows, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var claimed = new List<Job>();
        lock (_gate)
        {
            while (claimed.Count < max && _pending.ClaimFirst(workflows) is { } id)
            {
                claimed.Add(_jobs[id].Job);
            }
        }

        return Task.FromResult<IReadOnlyList<Job>>(claimed);
    }

    public Task ReleaseAsync(IReadOnlyCollection<JobId> claimed, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            foreach (var id in claimed)
            {
                _pending.Release(id);
            }
        }

        return Task.CompletedTask;
    }

    public Task<StoreRecovery> RecoverAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _pending.ReleaseAll();
            Job[] processing =
            [
                .. _processing.Select(id => _jobs[id]).OrderBy(entry => entry.Arrival).Select(entry => entry.Job),
            ];
            return Task.FromResult(new StoreRecovery(processing, _pending.CountByPriority()));
        }
    }

    public Task<int?> CountAheadAsync(JobId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return Task.FromResult(_pending.CountAhead(id));
        }
    }

    public Task<IReadOnlyList<Job>> FindExpiredAsync(
        DateTimeOffset endedBefore, int max, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            Job[] found =
            [
                .. _ended.TakeWhile(entry => entry.EndedAt < endedBefore).Take(max)
                    .Select(entry => _jobs[new JobId(entry.Id)].Job),
            ];
            return Task.FromResult<IReadOnlyList<Job>>(found);
        }
    }

    public Task<IReadOnlyList<BlobId>> FindUnreferencedAsync(
        IReadOnlyCollection<BlobId> blobs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            BlobId[] found = [.. blobs.Distinct().Where(blob => !_references.ContainsKey(blob))];
            return Task.FromResult<IReadOnlyList<BlobId>>(found);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Put(Job after, bool claim)
    {
        var known = _jobs.TryGetValue(after.Id, out var before);
        var arrival = known ? before.Arrival : ++_arrivals;
        if (known)
        {
            Unindex(before.Job, arrival);
        }

        _jobs[after.Id] = (after, arrival);
        Index(after, arrival, claim);
    }

    private void Index(Job job, long arrival, bool claim)
    {
        foreach (var blob in job.Blobs)
        {
            _references[blob.Id] = _references.GetValueOrDefault(blob.Id) + 1;
        }

        switch (job.Phase)
        {
            case JobPhase.Pending:
                _pending.Add(job.Id, new QueuePlace(job.Priority, arrival), job.Workflow, claim);
                break;
            case JobPhase.Processing:
                _processing.Add(job.Id);
                break;
            default:
                if (job.ExpiredAt is { } expiredAt)
                {
                    _expired.Enqueue((job.Id, expiredAt));
                }
                else
                {
                    _ended.Add((job.EndedAt!.Value, arrival, job.Id.Value));
                }

                break;
        }
    }

    private void Unindex(Job job, long arrival)
    {
        foreach (var blob in job.Blobs)
        {
            if (--_references[blob.Id] == 0)
            {
                _references.Remove(blob.Id);
            }
        }

        switch (job.Phase)
        {
            case JobPhase.Pending:
                _pending.Remove(job.Id);
                break;
            case JobPhase.Processing:
                _processing.Remove(job.Id);
                break;
            default:
                _ended.Remove((job.EndedAt!.Value, arrival, job.Id.Value));
                break;
        }
    }

    private void ForgetExpiredBefore(DateTimeOffset time)
    {
        while (_expired.TryPeek(out var oldest) && (oldest.At < time || _expired.Count > MaxExpired))
        {
            _expired.Dequeue();
            _jobs.Remove(oldest.Id);
        }
    }
}

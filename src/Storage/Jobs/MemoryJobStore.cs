using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Storage;

/// <summary>Keeps jobs in memory: nothing survives the process. Safe for any number of threads.</summary>
/// <remarks>Time is what the events say. Expired jobs are remembered for a day, the last <see cref="MaxExpired"/> at most.</remarks>
public sealed class MemoryJobStore : IJobStore
{
    public const int MaxExpired = 100_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<JobId, (Job Job, long Arrival, IdempotencyKey? Key)> _jobs = [];
    private readonly PendingQueue _pending = new();
    private readonly SortedSet<(DateTimeOffset Since, long Arrival, Guid Id)> _waiting = [];
    private readonly HashSet<JobId> _processing = [];
    private readonly SortedSet<(DateTimeOffset EndedAt, long Arrival, Guid Id)> _ended = [];
    private readonly Queue<(JobId Id, DateTimeOffset At)> _expired = new();
    private readonly Dictionary<BlobId, int> _references = [];
    private readonly GroupIndex _groups = new();
    private readonly Dictionary<string, KeyedJob> _keys = new(StringComparer.Ordinal);
    private long _arrivals;

    public Task<IReadOnlyList<JobCommit>> CommitAsync(
        IReadOnlyList<JobCommit> batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var leftOut = new List<JobCommit>();
        lock (_gate)
        {
            foreach (var commit in batch)
            {
                if (TakesKey(commit))
                {
                    Put(commit);
                }
                else
                {
                    leftOut.Add(commit);
                }
            }

            foreach (var happened in batch.SelectMany(commit => commit.Events))
            {
                ForgetExpiredBefore(happened.At - Job.RememberedFor);
            }
        }

        return Task.FromResult<IReadOnlyList<JobCommit>>(leftOut);
    }

    public Task<Job?> FindAsync(JobId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return Task.FromResult(_jobs.TryGetValue(id, out var entry) ? entry.Job : null);
        }
    }

    public Task<KeyedJob?> FindByKeyAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return Task.FromResult(_keys.GetValueOrDefault(key));
        }
    }

    public Task<IReadOnlyList<Job>> ClaimAsync(
        int max, IReadOnlySet<QueueName> queues, CancellationToken cancellationToken)
    {
        var claimed = new List<Job>();
        lock (_gate)
        {
            // Whoever is gone by now gets no claim: nobody would give it back.
            cancellationToken.ThrowIfCancellationRequested();
            while (claimed.Count < max && _pending.ClaimFirst(queues) is { } id)
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
            return Task.FromResult(new StoreRecovery(processing, _pending.CountByPriority(), PendingPrompts()));
        }
    }

    private PendingPrompts[] PendingPrompts() =>
    [
        .. _pending.All.Select(id => _jobs[id].Job.Inputs.Graph?.Needs).OfType<GraphNeeds>()
            .GroupBy(needs => needs).Select(queue => new PendingPrompts(queue.Key, queue.Count())),
    ];

    public Task<int?> CountAheadAsync(JobId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return Task.FromResult(_pending.CountAhead(id));
        }
    }

    public Task<JobPage> ListAsync(JobFilter filter, long? after, int max, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var found = _groups.Last(filter, before: after ?? long.MaxValue, max + 1);
            Job[] jobs = [.. found.Take(max).Select(entry => _jobs[entry.Id].Job)];
            var next = found.Length > max ? found[max - 1].Arrival : (long?)null;
            return Task.FromResult(new JobPage(jobs, _groups.Count(filter), next));
        }
    }

    public Task<IReadOnlyList<JobCount>> CountAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<JobCount>>(_groups.Counts());
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

    public Task<IReadOnlyList<Job>> FindPendingSinceAsync(
        DateTimeOffset pendingSinceBefore, int max, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            Job[] found =
            [
                .. _waiting.TakeWhile(entry => entry.Since < pendingSinceBefore).Take(max)
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

    /// <returns>False when another job has the key.</returns>
    private bool TakesKey(JobCommit commit) =>
        commit.Key is not { } key || _keys.TryAdd(key.Value, new KeyedJob(commit.After.Id, key.RequestHash));

    private void Put(JobCommit commit)
    {
        var after = commit.After;
        var known = _jobs.TryGetValue(after.Id, out var before);
        var arrival = known ? before.Arrival : ++_arrivals;
        if (known)
        {
            Unindex(before.Job, arrival);
        }

        _jobs[after.Id] = (after, arrival, commit.Key ?? before.Key);
        Index(after, arrival, commit.Claim);
    }

    private void Index(Job job, long arrival, bool claim)
    {
        if (job.ExpiredAt is null)
        {
            _groups.Add(job, arrival);
        }

        foreach (var blob in job.Blobs)
        {
            _references[blob.Id] = _references.GetValueOrDefault(blob.Id) + 1;
        }

        switch (job.Phase)
        {
            case JobPhase.Pending:
                _pending.Add(job.Id, new QueuePlace(job.Priority, arrival), job.Queue, claim);
                _waiting.Add((job.PendingSince!.Value, arrival, job.Id.Value));
                break;
            case JobPhase.Processing:
                _processing.Add(job.Id);
                break;
            default:
                if (job.ExpiredAt is { } expiredAt)
                {
                    // One deleted after it had expired is here twice: the second time there is nothing left to forget.
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
        if (job.ExpiredAt is null)
        {
            _groups.Remove(job, arrival);
        }

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
                _waiting.Remove((job.PendingSince!.Value, arrival, job.Id.Value));
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
            if (_jobs.Remove(oldest.Id, out var forgotten) && forgotten.Key is { } key)
            {
                _keys.Remove(key.Value);
            }
        }
    }
}

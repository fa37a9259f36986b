using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Supervisor;

/// <content>Giving up what waits too long, and forgetting what is over.</content>
public sealed partial class JobSupervisor
{
    private const int EndingBatch = 1000;

    /// <summary>The files of jobs whose expiry or deletion is on its way into the store.</summary>
    private readonly Dictionary<JobId, BlobId[]> _expiring = [];

    /// <summary>The files that are being deleted, unless another job names them.</summary>
    private readonly Dictionary<JobId, BlobId[]> _unused = [];
    private bool _expiryRuns;
    private bool _timeoutRuns;

    private void FindOverdue()
    {
        if (Options.MaxQueueTime > TimeSpan.Zero && !_timeoutRuns)
        {
            _timeoutRuns = true;
            var before = Now - Options.MaxQueueTime;
            Read(
                ct => _services.Store.FindPendingSinceAsync(before, EndingBatch, ct),
                jobs => new OverdueFound(jobs),
                StorePurpose.QueueTimeout);
        }
    }

    private void GiveUp(OverdueFound found, long reading)
    {
        _timeoutRuns = false;
        foreach (var stored in found.Jobs)
        {
            // Memory first: it may run by now.
            if (UpToDate(stored, reading) is { } job
                && JobDecisions.QueueTimeout(job, Options.MaxQueueTime, Now) is { } failed)
            {
                Record(job, failed);
            }
        }
    }

    /// <returns>Null for a job that passed while it was read.</returns>
    private Job? UpToDate(Job stored, long reading) =>
        _jobs.Find(stored.Id) ?? (_fence.IsStale(reading, stored.Id) ? null : stored);

    private void FindExpired()
    {
        if (!_expiryRuns)
        {
            _expiryRuns = true;
            ReadEnded(Now - Options.Retention, jobs => new ExpiryFound(jobs), StorePurpose.Expiry);
        }
    }

    private void ReadEnded(DateTimeOffset before, Func<IReadOnlyList<Job>, object> then, StorePurpose purpose) =>
        Read(ct => _services.Store.FindExpiredAsync(before, EndingBatch, ct), then, purpose);

    private void Expire(IEnumerable<Job> jobs, long reading)
    {
        foreach (var job in jobs)
        {
            if (!_fence.IsStale(reading, job.Id) && !_deleting.ContainsKey(job.Id) && TakeFiles(job))
            {
                var expired = new Jobs.Expired(job.Id, Now);
                Append(new JobCommit(job.Apply(expired), [expired]) { Before = job.Phase });
            }
        }
    }

    private bool TakeFiles(Job job) => _expiring.TryAdd(job.Id, [.. job.Blobs.Select(blob => blob.Id)]);

    /// <summary>The end of an ended job is recorded: a file goes with the last job that names it.</summary>
    private void Forgotten(JobId id)
    {
        _fence.Pass(id);
        if (_expiring.Remove(id, out var blobs))
        {
            DeleteFiles(id, blobs);
        }
        else
        {
            FilesAreGone(id);
        }

        CleanedUp(id);
    }

    private void DeleteFiles(JobId id, BlobId[] blobs)
    {
        _unused[id] = blobs;
        Read(
            ct => _services.Blobs.DeleteUnusedAsync(_services.Store, blobs, ct),
            count => new FilesDeleted(id, count),
            StorePurpose.Files,
            id);
    }

    private sealed record OverdueFound(IReadOnlyList<Job> Jobs);

    private sealed record ExpiryFound(IReadOnlyList<Job> Jobs);

    private sealed record FilesDeleted(JobId JobId, int Count);
}

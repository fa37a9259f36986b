using Akka.Actor;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Supervisor;

/// <content>Giving up what waits too long, and forgetting what is over: by age, or because a client wants it.</content>
public sealed partial class JobSupervisor
{
    private const int EndingBatch = 1000;

    /// <summary>The files of jobs whose expiry or deletion is on its way into the store.</summary>
    private readonly Dictionary<JobId, BlobId[]> _expiring = [];
    private readonly Dictionary<JobId, Deletion> _deleting = [];
    private CleanupRun? _cleanup;
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
                Append(job.Apply(expired), expired, claim: false);
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
            Read(
                ct => _services.Blobs.DeleteUnusedAsync(_services.Store, blobs, ct),
                count => new FilesDeleted(id, count),
                StorePurpose.Files,
                id);
        }
        else
        {
            FilesAreGone(id);
        }

        CleanedUp(id);
    }

    private void Delete(Jobs.Delete command)
    {
        if (_deleting.TryGetValue(command.JobId, out var underWay))
        {
            underWay.Askers.Add(Sender);
        }
        else if (_jobs.Find(command.JobId) is { } job)
        {
            Delete(job, Sender);
        }
        else
        {
            Load(command);
        }
    }

    /// <summary>What has not ended is cancelled first; its recorded end, whichever it is, brings the deletion.</summary>
    private void Delete(Job job, IActorRef asker)
    {
        if (_deleting.TryGetValue(job.Id, out var underWay))
        {
            underWay.Askers.Add(asker);
            return;
        }

        _deleting.Add(job.Id, new Deletion(asker));
        if (!job.HasEnded)
        {
            CancelKnown(job, ActorRefs.Nobody);
        }
        else if (_jobs.Find(job.Id) is null)
        {
            RecordDeletion(job);
        }
    }

    private void DeleteIfWanted(Job ended)
    {
        if (_deleting.ContainsKey(ended.Id))
        {
            RecordDeletion(ended);
        }
    }

    private void RecordDeletion(Job job)
    {
        if (JobDecisions.Delete(job, Now) is { } deleted)
        {
            TakeFiles(job);
            Append(job.Apply(deleted), deleted, claim: false);
        }
    }

    private void DeletionRecorded(JobId id)
    {
        if (_deleting.TryGetValue(id, out var deletion))
        {
            deletion.IsRecorded = true;
        }

        Forgotten(id);
    }

    /// <summary>Or cannot be deleted now: then the next start sweeps them.</summary>
    private void FilesAreGone(JobId id)
    {
        if (_deleting.TryGetValue(id, out var deletion) && deletion.IsRecorded)
        {
            _deleting.Remove(id);
            deletion.Askers.ForEach(asker => asker.Tell(new Jobs.Gone(id)));
        }
    }

    private void Cleanup()
    {
        if (_cleanup is { } underWay)
        {
            underWay.Next.Add(Sender);
        }
        else
        {
            CleanUp(new CleanupRun([Sender]));
        }
    }

    private void CleanUp(CleanupRun run)
    {
        _cleanup = run;
        ReadEnded(Now.AddTicks(1), jobs => new CleanupFound(jobs), StorePurpose.Cleanup);
    }

    /// <summary>Batch after batch, until there is none left.</summary>
    private void CleanUp(CleanupFound found, long reading)
    {
        var run = _cleanup!;
        if (found.Jobs.Count == 0)
        {
            Finish(run, new Jobs.CleanedUp(run.Cleaned));
            return;
        }

        Expire(found.Jobs, reading);
        // What the sweep or a client sent on its way just now is waited for too.
        run.Left.UnionWith(found.Jobs.Select(job => job.Id).Where(id => _expiring.ContainsKey(id)));
        if (run.Left.Count == 0)
        {
            CleanUp(run);
        }
    }

    private void CleanedUp(JobId id)
    {
        if (_cleanup is { } run && run.Left.Remove(id))
        {
            run.Cleaned++;
            if (run.Left.Count == 0)
            {
                CleanUp(run);
            }
        }
    }

    private void Finish(CleanupRun run, object answer)
    {
        _cleanup = null;
        run.Askers.ForEach(asker => asker.Tell(answer));
        if (run.Next.Count > 0)
        {
            CleanUp(new CleanupRun(run.Next));
        }
    }

    private sealed record OverdueFound(IReadOnlyList<Job> Jobs);

    private sealed record ExpiryFound(IReadOnlyList<Job> Jobs);

    private sealed record CleanupFound(IReadOnlyList<Job> Jobs);

    private sealed record FilesDeleted(JobId JobId, int Count);

    private sealed class Deletion(IActorRef asker)
    {
        public List<IActorRef> Askers { get; } = [asker];

        public bool IsRecorded { get; set; }
    }

    private sealed class CleanupRun(List<IActorRef> askers)
    {
        public List<IActorRef> Askers { get; } = askers;

        /// <summary>Who asked meanwhile: what ended meanwhile concerns them.</summary>
        public List<IActorRef> Next { get; } = [];

        public HashSet<JobId> Left { get; } = [];

        public int Cleaned { get; set; }
    }
}

using Akka.Actor;
using AkkaComfy.Actors.Journal;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using AkkaComfy.Storage;
using Microsoft.Extensions.Logging;

namespace AkkaComfy.Actors.Supervisor;

/// <content>From a decision to its record, and from its record to what the world sees of it.</content>
public sealed partial class JobSupervisor
{
    /// <summary>Applies at once, so that whatever comes next sees it; effects wait for the commit.</summary>
    private void Record(Job job, Jobs.IEvent happened, IActorRef? asker = null)
    {
        var after = job.Apply(happened);
        _jobs.Replace(job, after);
        Append(after, happened, claim: false, asker);
    }

    private void Append(Job after, Jobs.IEvent happened, bool claim, IActorRef? asker = null) =>
        _journal.Tell(new Journaling.Append(new JobCommit(after, [happened], claim), asker ?? ActorRefs.Nobody));

    /// <summary>The step is recorded: now, and not before, it has effects.</summary>
    private void Release(Journaling.Committed committed)
    {
        var job = committed.Commit.After;
        foreach (var happened in committed.Commit.Events)
        {
            switch (happened)
            {
                case Jobs.Submitted:
                    Accepted(job, committed.Commit.Claim, committed.OnBehalfOf);
                    break;
                case Jobs.Dispatched e:
                    _fleet.Find(e.On)!.Jobs[job.Id] = true;
                    Hand(job, adopt: false);
                    break;
                case Jobs.Requeued e:
                    _log.LogWarning("Job {JobId} is requeued: {Reason}", job.Id, e.Why.Message);
                    LetGo(job);
                    break;
                case Jobs.CancelRequested:
                    Abort(job);
                    committed.OnBehalfOf.Tell(new Jobs.CancelAccepted(job.Id));
                    break;
                case Jobs.Expired:
                    Expired(job.Id);
                    break;
                default:
                    if (job.HasEnded)
                    {
                        Ended(job, committed.OnBehalfOf);
                    }

                    break;
            }
        }
    }

    private void Accepted(Job job, bool claimed, IActorRef asker)
    {
        Settled(claimed);
        var ahead = _jobs.PendingAhead(job.Priority);
        var estimate = _estimator.ForNew(
            job.Workflow, ahead, [.. _jobs.Processing.Select(AsRunning)], _fleet.Usable);
        asker.Tell(new Jobs.Accepted(job.Id, ahead + 1, estimate));

        _jobs.CountPending(job.Priority, +1);
        if (claimed)
        {
            _jobs.Add(job);
        }

        Dispatch();
    }

    private void Settled(bool claimed)
    {
        _submitting--;
        _waitingUnclaimed -= claimed ? 0 : 1;
    }

    private void Ended(Job job, IActorRef asker)
    {
        LogEnd(job);
        if (job is { Phase: JobPhase.Completed, LastAttempt: { StartedAt: { } startedAt }, EndedAt: { } endedAt })
        {
            _estimator.Completed(job.Workflow, endedAt - startedAt, endedAt - job.CreatedAt);
        }

        if (job.Phase == JobPhase.Cancelled)
        {
            asker.Tell(new Jobs.CancelAccepted(job.Id));
        }

        if (_awaiting.Remove(job.Id, out var askers))
        {
            askers.ForEach(waiting => waiting.Tell(new Jobs.Ended(job.Id)));
        }

        LetGo(job);
        _jobs.Forget(job.Id);
    }

    /// <summary>The attempt's outcome is recorded: its instance may forget it.</summary>
    private void LetGo(Job job)
    {
        if (job.LastAttempt is { } last && _fleet.Find(last.On) is { } member)
        {
            member.Actor.Tell(new Executions.Release(job.Id, last.Number));
        }
    }

    private void Expired(JobId id)
    {
        if (_expiring.Remove(id, out var blobs))
        {
            Read(DeleteFilesAsync(blobs, _lifetime.Token), count => new FilesDeleted(id, count));
        }
    }

    /// <summary>A file goes with the last job that names it.</summary>
    private Task<int> DeleteFilesAsync(BlobId[] blobs, CancellationToken cancellationToken) => Task.Run(
        () => _services.Blobs.DeleteUnusedAsync(_services.Store, blobs, cancellationToken), cancellationToken);

    /// <summary>A submission that could not be recorded was never accepted; anything else is read back from the store.</summary>
    private void CommitFailed(Journaling.Failed failed)
    {
        if (failed.Commit.Events is not [Jobs.Submitted])
        {
            throw new JournalException("a step could not be recorded", failed.Cause);
        }

        Settled(failed.Commit.Claim);
        _log.LogError(failed.Cause, "Job {JobId} could not be recorded and was refused", failed.Commit.After.Id);
        failed.OnBehalfOf.Tell(new Jobs.Refused(failed.Commit.After.Id, new Refusal(
            RefusalReason.StoreUnavailable, "The job could not be recorded.", UnmeasuredRetry)));
    }

    private void LogEnd(Job job)
    {
        var instance = job.LastAttempt?.On.Value ?? "no instance";
        var seconds = (job.EndedAt!.Value - job.CreatedAt).TotalSeconds;
        if (job.Error is { } error)
        {
            _log.LogWarning(
                "Job {JobId} ({Workflow}) failed on {Instance} after {Seconds:0.000} s: {Code}: {Reason}",
                job.Id, job.Workflow, instance, seconds, error.Code, error.Message);
        }
        else
        {
            _log.LogInformation(
                "Job {JobId} ({Workflow}) {Outcome} on {Instance} after {Seconds:0.000} s",
                job.Id, job.Workflow, job.Phase, instance, seconds);
        }
    }

    private sealed record FilesDeleted(JobId JobId, int Count);
}

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
        if (happened is Jobs.Requeued)
        {
            LearnQueue(after.Inputs);
        }

        // What goes back to pending goes back into this window.
        Append(new JobCommit(after, [happened], Claim: happened is Jobs.Requeued) { Before = job.Phase }, asker);
    }

    private void Append(JobCommit step, IActorRef? asker = null) =>
        _journal.Tell(new Journaling.Append(step, asker ?? ActorRefs.Nobody));

    /// <summary>The step is recorded: now, and not before, it has effects.</summary>
    private void Release(Journaling.Committed committed)
    {
        Publish(committed.Commit);
        var job = committed.Commit.After;
        foreach (var happened in committed.Commit.Events)
        {
            switch (happened)
            {
                case Jobs.Submitted:
                    Accepted(job, committed.Commit, committed.OnBehalfOf);
                    break;
                case Jobs.Dispatched e:
                    _log.LogDebug("Job {JobId} goes to {Instance}, attempt {Attempt}", job.Id, e.On, e.Attempt);
                    _fleet.Find(e.On)!.Jobs[job.Id] = true;
                    Hand(job, adopt: false);
                    break;
                case Jobs.Requeued e:
                    _log.LogWarning(
                        "Job {JobId} comes back from {Instance}: {Reason}", job.Id, job.LastAttempt?.On, e.Why.Message);
                    LetGo(job);
                    break;
                case Jobs.CancelRequested:
                    Abort(job);
                    committed.OnBehalfOf.Tell(new Jobs.CancelAccepted(job.Id));
                    break;
                case Jobs.Expired:
                    Forgotten(job.Id);
                    break;
                case Jobs.Deleted:
                    DeletionRecorded(job.Id);
                    break;
                default:
                    if (job.HasEnded)
                    {
                        Ended(job, committed.OnBehalfOf);
                    }

                    break;
            }
        }

        _waiters.Tell(job);
    }

    private void Accepted(Job job, JobCommit commit, IActorRef asker)
    {
        var cancelling = Settled(job, commit.Claim);
        var ahead = _jobs.PendingAhead(job.Priority);
        var estimate = _estimator.ForNew(
            job.Workflow, ahead, [.. _jobs.Processing.Select(AsRunning)], _fleet.Usable);
        asker.Tell(new Jobs.Accepted(job.Id, ahead + 1, estimate));

        _jobs.CountPending(job, +1);
        LearnQueue(job.Inputs);
        if (commit.Claim)
        {
            _jobs.Add(job);
        }

        if (commit.Key is { } key)
        {
            KeyTaken(key, job.Id);
        }

        cancelling.ForEach(canceller => CancelKnown(_jobs.Find(job.Id) ?? job, canceller));
        Dispatch();
    }

    /// <returns>Who asked meanwhile that it be cancelled.</returns>
    private List<IActorRef> Settled(Job job, bool claimed)
    {
        CountSubmitting(job.Inputs, -1);
        _waitingUnclaimed -= claimed ? 0 : 1;
        return _submitting.Remove(job.Id, out var cancelling) ? cancelling : [];
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

        LetGo(job);
        SaveOutputs(job);
        _jobs.Forget(job.Id);
        _fence.Pass(job.Id);
        DeleteIfWanted(job);
    }

    /// <summary>The attempt's outcome is recorded: its instance may forget it.</summary>
    private void LetGo(Job job)
    {
        if (job.LastAttempt is { } last && _fleet.Find(last.On) is { } member)
        {
            member.Actor.Tell(new Executions.Release(job.Id, last.Number));
        }
    }

    /// <summary>A submission that could not be recorded was never accepted; anything else is read back from the store.</summary>
    private void CommitFailed(Journaling.Failed failed)
    {
        if (failed.Commit.Events is not [Jobs.Submitted])
        {
            AnswerFor(failed);
            throw new JournalException("a step could not be recorded", failed.Cause);
        }

        var (id, key) = (failed.Commit.After.Id, failed.Commit.Key?.Value);
        Settled(failed.Commit.After, failed.Commit.Claim).ForEach(canceller =>
            canceller.Tell(new Jobs.Refused(id, UnknownJob(id))));
        if (failed.Cause is KeyTakenException)
        {
            // By another process, since it was looked up.
            FindKey(key!);
            return;
        }

        _log.LogError(failed.Cause, "Job {JobId} could not be recorded and was refused", id);
        if (key is null)
        {
            failed.OnBehalfOf.Tell(new Jobs.Refused(id, Unrecorded(failed.Cause)));
        }
        else
        {
            RefuseAll(key, Unrecorded(failed.Cause));
        }
    }

    /// <summary>What an earlier incarnation had recorded: it is published, its asker answered; all else the store tells.</summary>
    private void AnswerFor(Journaling.Committed earlier)
    {
        Publish(earlier.Commit);
        var id = earlier.Commit.After.Id;
        switch (earlier.Commit.Events[^1])
        {
            case Jobs.Submitted:
                earlier.OnBehalfOf.Tell(new Jobs.Accepted(id, QueuePosition: 1, Estimate: null));
                break;
            case Jobs.CancelRequested or Jobs.Cancelled:
                earlier.OnBehalfOf.Tell(new Jobs.CancelAccepted(id));
                break;
        }
    }

    private static void AnswerFor(Journaling.Failed earlier) =>
        earlier.OnBehalfOf.Tell(new Jobs.Refused(earlier.Commit.After.Id, Unrecorded(earlier.Cause)));

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
}

using Akka.Actor;
using AkkaComfy.Core.Estimates;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Supervisor;

/// <content>What clients ask.</content>
public sealed partial class JobSupervisor
{
    /// <summary>What a client is told to wait before anything has been measured.</summary>
    private static readonly TimeSpan UnmeasuredRetry = TimeSpan.FromSeconds(5);

    private readonly Dictionary<JobId, JobProgress> _progress = [];
    private readonly Dictionary<JobId, List<IActorRef>> _submitting = [];
    private readonly Dictionary<JobId, List<(Jobs.ICommand Command, IActorRef Asker)>> _loading = [];
    private int _waitingUnclaimed;

    /// <returns>False when it is refused, and that is answered.</returns>
    private bool Admit(Jobs.Submit submit, IActorRef asker)
    {
        if (WhyRefused(submit) is { } why)
        {
            ForgetQueueIfEmpty(submit.Inputs);
            asker.Tell(new Jobs.Refused(submit.JobId, why));
            return false;
        }

        CountSubmitting(submit.Inputs, +1);
        var claim = ClaimsAtOnce(submit.Priority);
        _submitting.Add(submit.JobId, []);
        _waitingUnclaimed += claim ? 0 : 1;
        var submitted = new Jobs.Submitted(submit.JobId, submit.Workflow, submit.Inputs, submit.Priority, Now)
        {
            TraceParent = submit.TraceParent,
        };
        Append(new JobCommit(Job.From(submitted), [submitted], claim, submit.Key), asker);
        return true;
    }

    /// <summary>A new job goes straight into the window if nothing in the store stands before it.</summary>
    private bool ClaimsAtOnce(int priority)
    {
        if (_jobs.WindowCount + _submitting.Count < Options.ClaimWindow)
        {
            return _jobs.Backlog == 0 && _waitingUnclaimed == 0;
        }

        // More urgent than the last of a full window: that one's claim is given back for it.
        if (_jobs.LastUntried is not { } last || last.Priority >= priority)
        {
            return false;
        }

        _jobs.Forget(last.Id);
        Read(ct => ReleaseAsync(last.Id, ct), id => new Released(id), StorePurpose.Release);
        return true;
    }

    private async Task<JobId> ReleaseAsync(JobId id, CancellationToken cancellationToken)
    {
        await _services.Store.ReleaseAsync([id], cancellationToken);
        return id;
    }

    private Refusal? WhyRefused(Jobs.Submit submit)
    {
        if (!CanBeFound(submit.Workflow, submit.Inputs))
        {
            return new Refusal(RefusalReason.UnknownWorkflow, $"There is no workflow '{submit.Workflow}'.");
        }

        if (_jobs.Pending + _submitting.Count >= Options.MaxQueueLength)
        {
            return new Refusal(
                RefusalReason.QueueFull,
                $"{_jobs.Pending} jobs are waiting, and MAX_QUEUE_LENGTH is {Options.MaxQueueLength}: "
                + "try again later, raise the limit, or add instances.",
                _estimator.RetryAfter(_fleet.Usable) ?? UnmeasuredRetry);
        }

        if (WhyNoQueue(submit.Inputs) is { } noQueue)
        {
            return noQueue;
        }

        LearnQueue(submit.Inputs);
        var queue = QueueOf(submit);
        if (_fleet.WhatAllLack(queue) is { IsEmpty: false } missing)
        {
            return Unsupported(submit.Workflow, missing);
        }

        return submit.NeedsHealthyInstance && !_fleet.AnyStarting && !_fleet.CanRun(queue)
            ? new Refusal(
                RefusalReason.NoHealthyInstance,
                "No ComfyUI instance that can run it is healthy; an async job would be accepted and wait.",
                UnmeasuredRetry)
            : null;
    }

    private void Cancel(Jobs.Cancel cancel)
    {
        if (_jobs.Find(cancel.JobId) is { } job)
        {
            CancelKnown(job, Sender);
        }
        else if (_submitting.TryGetValue(cancel.JobId, out var cancelling))
        {
            // Not recorded yet: the cancel waits for that.
            cancelling.Add(Sender);
        }
        else
        {
            Load(cancel);
        }
    }

    private void CancelKnown(Job job, IActorRef asker)
    {
        if (job.HasEnded)
        {
            asker.Tell(new Jobs.Refused(job.Id, AlreadyEnded(job)));
        }
        else if (JobDecisions.Cancel(job, Now) is { } happened)
        {
            Record(job, happened, asker);
        }
        else
        {
            // Asked again: so is the instance, which may have lost the first word with a restarted execution.
            Abort(job);
            asker.Tell(new Jobs.CancelAccepted(job.Id));
        }
    }

    private RunningJob AsRunning(Job job) => new(
        job.Workflow,
        job.Current.StartedAt is { } startedAt ? Now - startedAt : TimeSpan.Zero,
        _progress.GetValueOrDefault(job.Id)?.Percentage ?? 0);

    private FleetSnapshot Snapshot() => new(
        _fleet.Snapshots(), _fleet.ActiveJobs, Options.MaxConcurrentJobs, _jobs.Pending, IsRunning: !_holds);

    /// <summary>A command about a job that memory does not hold: the store is asked, once at a time for each job.</summary>
    private void Load(Jobs.ICommand command)
    {
        if (_loading.TryGetValue(command.JobId, out var waiting))
        {
            waiting.Add((command, Sender));
            return;
        }

        var id = command.JobId;
        _loading.Add(id, [(command, Sender)]);
        ReadJob(id);
    }

    private void ReadJob(JobId id) =>
        Read(ct => _services.Store.FindAsync(id, ct), job => new Loaded(id, job), StorePurpose.Load, id);

    private void Continue(Loaded loaded, long reading)
    {
        var id = loaded.JobId;
        if (_jobs.Find(id) is null && _fence.IsStale(reading, id))
        {
            ReadJob(id);
        }
        else if (_loading.Remove(loaded.JobId, out var waiting))
        {
            waiting.ForEach(entry => Continue(entry.Command, entry.Asker, loaded.Job));
        }
    }

    private void Continue(Jobs.ICommand command, IActorRef asker, Job? stored)
    {
        // Memory first: the job may have been claimed, or cancelled by the command before, since the store was asked.
        var known = _jobs.Find(command.JobId);
        switch (command, known ?? stored)
        {
            case (StillDeleting, { IsDeleted: true }):
                asker.Tell(new Jobs.Gone(command.JobId));
                break;
            case (_, null or { IsDeleted: true }):
                asker.Tell(new Jobs.Refused(command.JobId, UnknownJob(command.JobId)));
                break;
            case (Jobs.Delete or StillDeleting, { } job):
                Delete(job, asker);
                break;
            case (_, { } job):
                CancelKnown(job, asker);
                break;
        }
    }

    private void NotLoaded(JobId id)
    {
        if (_loading.Remove(id, out var waiting))
        {
            waiting.ForEach(entry => entry.Asker.Tell(new Jobs.Refused(id, Unrecorded())));
        }
    }

    private static Refusal Unrecorded(Exception? cause = null) =>
        cause is StoreUnavailableException { Fault: StoreFault.Full }
            ? new Refusal(RefusalReason.StoreFull, "The job store has no space left.", UnmeasuredRetry)
            : new Refusal(RefusalReason.StoreUnavailable, "The job store is not available.", UnmeasuredRetry);

    private static Refusal UnknownJob(JobId id) => new(RefusalReason.UnknownJob, $"There is no job '{id}'.");

    private static Refusal AlreadyEnded(Job job) =>
        new(RefusalReason.AlreadyEnded, $"The job has already ended: {job.Phase.ToString().ToLowerInvariant()}.");
}

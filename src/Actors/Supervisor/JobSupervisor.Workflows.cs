using Akka.Actor;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Supervisor;

/// <content>Workflows that come and go: a job that waits for one that is gone fails, wherever it waits.</content>
public sealed partial class JobSupervisor
{
    private bool _workflowsChange;
    private bool _unrunnableSought;
    private bool _findsUnrunnable;

    private void ChangeWorkflows(Catalog.Changed changed)
    {
        _workflowsChange = true;
        foreach (var member in _fleet.Members)
        {
            member.Actor.Tell(changed);
        }

        Dispatch();
        FindUnrunnable();
    }

    private bool HasWorkflow(Job job) => CanBeFound(job.Workflow, job.Inputs);

    /// <summary>Those of the window; one on an instance goes on, with the workflow it was given.</summary>
    private void FailUnrunnable()
    {
        foreach (var job in _jobs.Window.Where(job => !HasWorkflow(job)).ToList())
        {
            Fail(job);
        }
    }

    /// <summary>
    /// Those of the store: at the start, and at every sweep once the workflows have changed, since a job may have been
    /// accepted for one just before it went.
    /// </summary>
    private void FindUnrunnable()
    {
        if (!_findsUnrunnable && (_workflowsChange || !_unrunnableSought))
        {
            _findsUnrunnable = true;
            Read(ClaimUnrunnableAsync, jobs => new UnrunnableFound(jobs), StorePurpose.Unrunnable);
        }
    }

    private async Task<IReadOnlyList<Job>> ClaimUnrunnableAsync(CancellationToken cancellationToken)
    {
        var unknown = (await _services.Store.CountAsync(cancellationToken))
            .Where(count => count.Group.Phase == JobPhase.Pending)
            .Select(count => count.Group.Workflow)
            .Where(workflow => !_services.Workflows.TryFind(workflow, out _))
            .Select(QueueName.Of)
            .ToHashSet();
        return unknown.Count == 0
            ? []
            : await _services.Store.ClaimAsync(EndingBatch, unknown, cancellationToken);
    }

    private void GiveUp(UnrunnableFound found, long reading)
    {
        _findsUnrunnable = false;
        _unrunnableSought = found.Jobs.Count == 0;
        foreach (var stored in found.Jobs)
        {
            if (UpToDate(stored, reading) is not { } job)
            {
                continue;
            }

            if (!HasWorkflow(job))
            {
                Fail(job);
            }
            else if (_jobs.Find(job.Id) is null)
            {
                // Its workflow is back: the claim is the window's now.
                _jobs.Add(job);
            }
        }

        if (found.Jobs.Count > 0)
        {
            Dispatch();
            FindUnrunnable();
        }
    }

    private void Fail(Job job)
    {
        if (JobDecisions.WorkflowGone(job, Now) is { } failed)
        {
            Record(job, failed);
        }
    }

    private sealed record UnrunnableFound(IReadOnlyList<Job> Jobs);
}

using Akka.Actor;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Core.Placement;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Supervisor;

/// <content>Between the store and the instances: claims and placement.</content>
public sealed partial class JobSupervisor
{
    private InstanceId? _lastPlaced;
    private bool _claiming;
    private bool _claimAgain;
    private bool _holds;

    /// <summary>Pairs waiting jobs with free slots; called whenever either may have appeared.</summary>
    private void Dispatch()
    {
        if (_holds)
        {
            return;
        }

        FailUnrunnable();
        if (_jobs.WindowCount > 0 && FreeSlots > 0)
        {
            var placed = PlacementRound.Run(
                _jobs.Window.Select(WaitingJob.From),
                _fleet.ForPlacement,
                Options.MaxConcurrentJobs,
                _placement,
                _lastPlaced);
            _lastPlaced = placed.Last;
            foreach (var pick in placed.Picks)
            {
                var job = _jobs.Find(pick.Job)!;
                _fleet.Find(pick.On)!.Take(job.Id);
                Record(job, JobDecisions.Dispatch(job, pick.On, PromptId.New(), Now));
            }
        }

        Refill();
    }

    /// <summary>Claims what the window has room for of what some instance could run: the rest starves nobody.</summary>
    private void Refill()
    {
        if (_claiming)
        {
            _claimAgain = true;
            return;
        }

        if (_jobs.Backlog <= 0 || _fleet.Usable == 0)
        {
            return;
        }

        var runnable = Queues(_fleet.CanRun);
        var room = _fleet.FreeSlots + Options.ClaimWindow - _jobs.WindowCountOf(runnable);
        if (room > 0)
        {
            Claim(room, runnable);
        }
        else if (FreeSlots > 0)
        {
            // The window is full of what busy instances must run; that keeps no work from the idle ones.
            var startable = Queues(_fleet.CanStart);
            Claim(FreeSlots - _jobs.WindowCountOf(startable), startable);
        }
    }

    private int FreeSlots => Math.Min(_fleet.FreeSlots, Options.MaxConcurrentJobs - _fleet.ActiveJobs);

    private HashSet<QueueName> Queues(Func<QueueName, bool> are) =>
    [
        .. _services.Workflows.All.Select(workflow => QueueName.Of(workflow.Name)).Concat(_fleet.PromptQueues).Where(are),
    ];

    private void Claim(int max, IReadOnlySet<QueueName> queues)
    {
        if (max > 0 && queues.Count > 0)
        {
            _claiming = true;
            _claimAgain = false;
            Read(ct => _services.Store.ClaimAsync(max, queues, ct), jobs => new Claimed(jobs), StorePurpose.Claim);
        }
    }

    private void Take(Claimed claimed, long reading)
    {
        _claiming = false;
        foreach (var job in claimed.Jobs)
        {
            // The claim may have read it before its end was recorded.
            if (_jobs.Find(job.Id) is null && !_fence.IsStale(reading, job.Id))
            {
                _jobs.Add(job);
            }
        }

        if (claimed.Jobs.Count > 0 || _claimAgain)
        {
            Dispatch();
        }
    }

    /// <summary>What an instance reports of an attempt; a report of another attempt than the current one is stale.</summary>
    private void Heard(Executions.IReport report)
    {
        var known = _jobs.Find(report.JobId);
        if (known is { HasEnded: true })
        {
            // Its record is under way, and releases it: not before.
            return;
        }

        if (known is not { } job || !JobDecisions.IsCurrent(job, report))
        {
            Sender.Tell(new Executions.Release(report.JobId, report.Attempt));
            return;
        }

        switch (report)
        {
            case Executions.Progressed progressed:
                _progress[job.Id] = progressed.Progress;
                Publish(job, progressed.Progress);
                return;
            case Executions.Started:
                if (JobDecisions.Start(job, Now) is { } started)
                {
                    Record(job, started);
                }

                return;
        }

        _fleet.Find(job.Current.On)!.Free(job.Id);
        _progress.Remove(job.Id);
        _progressing.Remove(job.Id);
        Record(job, report switch
        {
            Executions.Succeeded e => new Jobs.Completed(job.Id, e.Attempt, e.Outputs, Now),
            Executions.Faulted e => JobDecisions.Lost(job, e.Error, Options.Retry, Now),
            _ => JobDecisions.Aborted(job, Options.Retry, Now),
        });
        Dispatch();
    }

    private void Hand(Job job, bool adopt) => _fleet.Find(job.Current.On)!.Actor.Tell(new Executions.Run(
        job.Id, job.Current.Number, job.Current.PromptId, job.Workflow, job.Inputs, adopt)
    {
        TraceParent = job.TraceParent,
    });

    private void Abort(Job job) =>
        _fleet.Find(job.Current.On)!.Actor.Tell(new Executions.Abort(job.Id, job.Current.Number));
}

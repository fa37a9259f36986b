using Akka.Actor;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Supervisor;

/// <content>Clients that wait for a job to change or to end: told by its commits, never by asking the store again.</content>
public sealed partial class JobSupervisor
{
    private readonly Waiters _waiters = new();

    private void AwaitEnd(Jobs.AwaitEnd command)
    {
        var until = command.AtMost is { } atMost ? Now + atMost : DateTimeOffset.MaxValue;
        _waiters.Add(command.JobId, new Waiters.Waiter(
            Sender, new Jobs.Ended(command.JobId), Waiters.Waiter.ForEnd, until));
        if (_jobs.Find(command.JobId) is null)
        {
            SeeWhatIsRecorded(command.JobId);
        }
    }

    private void AwaitChange(Jobs.AwaitChange command)
    {
        _waiters.Add(command.JobId, new Waiters.Waiter(
            Sender, new Jobs.Changed(command.JobId), command.Since, Now + command.AtMost));
        SeeWhatIsRecorded(command.JobId);
    }

    /// <summary>Waited with an earlier incarnation; what was recorded meanwhile nobody told.</summary>
    private void WaitOn(StillWaiting still)
    {
        _waiters.Add(still.JobId, still.Waiter);
        SeeWhatIsRecorded(still.JobId);
    }

    /// <summary>Reads the job once; whatever is recorded from now on is told anyway, so none is missed.</summary>
    private void SeeWhatIsRecorded(JobId id) => Read(
        ct => _services.Store.FindAsync(id, ct), job => new Recorded(id, job), StorePurpose.Wait, id);

    private void Tell(Recorded read)
    {
        if (read.Job is { IsDeleted: false } job)
        {
            _waiters.Tell(job);
        }
        else
        {
            _waiters.Refuse(read.JobId, UnknownJob(read.JobId));
        }
    }

    private void GetLive(Jobs.GetLive command) => Sender.Tell(LiveOf(command.JobId));

    private Jobs.Live LiveOf(JobId id)
    {
        var remaining = _jobs.Find(id) is { Phase: JobPhase.Processing } job
            ? _estimator.Remaining(AsRunning(job))
            : null;
        return new Jobs.Live(id, _progress.GetValueOrDefault(id), remaining);
    }

    private sealed record StillWaiting(JobId JobId, Waiters.Waiter Waiter);

    private sealed record Recorded(JobId JobId, Job? Job);
}

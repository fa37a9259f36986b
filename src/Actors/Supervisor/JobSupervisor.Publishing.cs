using Akka.Actor;
using AkkaComfy.Core.Events;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Supervisor;

/// <content>What listeners and meters are told, over the actor system's event stream.</content>
public sealed partial class JobSupervisor
{
    /// <summary>Of the attempts under way that have shown any.</summary>
    private readonly Dictionary<JobId, Latest<LiveEvents.JobProgressed>> _progressing = [];

    /// <summary>A recorded step, and never one that is not.</summary>
    private void Publish(JobCommit recorded)
    {
        var progress = _progress.GetValueOrDefault(recorded.After.Id);
        foreach (var happened in recorded.Events)
        {
            Publish(JobChanges.Of(recorded.Before, happened, recorded.After, progress));
        }
    }

    /// <summary>At most one is under way for an attempt, so that progress does not pile up in front of a busy hub.</summary>
    private void Publish(Job job, JobProgress progress)
    {
        if (!_progressing.TryGetValue(job.Id, out var latest))
        {
            _progressing.Add(job.Id, latest = new Latest<LiveEvents.JobProgressed>());
        }

        var progressed = new LiveEvents.JobProgressed(
            job.Id, job.Workflow, job.Current.On, job.Current.Number, progress, Now);
        if (latest.Put(progressed))
        {
            Context.System.EventStream.Publish(latest);
        }
    }

    private void Publish(InstanceId changed)
    {
        if (_fleet.Find(changed) is { } member)
        {
            Publish(new LiveEvents.InstanceChanged(member.Shown, Now));
        }
    }

    private static void Publish(LiveEvents.IEvent happened) => Context.System.EventStream.Publish(happened);
}

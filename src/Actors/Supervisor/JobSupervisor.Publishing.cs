using Akka.Actor;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Supervisor;

/// <content>What listeners and meters are told, over the actor system's event stream.</content>
public sealed partial class JobSupervisor
{
    /// <summary>A recorded step, and never one that is not.</summary>
    private void Publish(JobCommit recorded)
    {
        var progress = _progress.GetValueOrDefault(recorded.After.Id);
        foreach (var happened in recorded.Events)
        {
            Publish(JobChanges.Of(recorded.Before, happened, recorded.After, progress));
        }
    }

    private void Publish(Job job, JobProgress progress) => Publish(new LiveEvents.JobProgressed(
        job.Id, job.Workflow, job.Current.On, job.Current.Number, progress, Now));

    private void Publish(InstanceId changed)
    {
        if (_fleet.Find(changed) is { } member)
        {
            Publish(new LiveEvents.InstanceChanged(member.Shown, Now));
        }
    }

    private static void Publish(LiveEvents.IEvent happened) => Context.System.EventStream.Publish(happened);
}

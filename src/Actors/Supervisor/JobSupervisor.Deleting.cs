using Akka.Actor;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Supervisor;

/// <content>Jobs that a client wants forgotten.</content>
public sealed partial class JobSupervisor
{
    private readonly Dictionary<JobId, Deletion> _deleting = [];

    private void Delete(Jobs.ICommand command)
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
            Append(new JobCommit(job.Apply(deleted), [deleted]) { Before = job.Phase });
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
        _unused.Remove(id);
        if (_deleting.TryGetValue(id, out var deletion) && deletion.IsRecorded)
        {
            _deleting.Remove(id);
            deletion.Askers.ForEach(asker => asker.Tell(new Jobs.Gone(id)));
        }
    }

    /// <summary>Asked of an earlier incarnation, which may have had it recorded.</summary>
    private sealed record StillDeleting(JobId JobId) : Jobs.ICommand;

    private sealed class Deletion(IActorRef asker)
    {
        public List<IActorRef> Askers { get; } = [asker];

        public bool IsRecorded { get; set; }
    }
}

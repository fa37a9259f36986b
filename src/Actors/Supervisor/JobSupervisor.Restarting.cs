using Akka.Actor;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Supervisor;

/// <content>What only this mailbox takes from one incarnation to the next: jobs are in the store, who waits is not.</content>
public sealed partial class JobSupervisor
{
    /// <summary>Whoever waits for an answer that only this incarnation could give asks the next one.</summary>
    private void AskAgain()
    {
        foreach (var (id, waiter) in _waiters.All)
        {
            Self.Tell(new StillWaiting(id, waiter));
        }

        foreach (var (id, cancellers) in _submitting)
        {
            AskAgain(new Jobs.Cancel(id), cancellers);
        }

        foreach (var (command, asker) in _loading.Values.SelectMany(waiting => waiting))
        {
            Self.Tell(command, asker);
        }

        foreach (var (id, deletion) in _deleting)
        {
            AskAgain(new StillDeleting(id), deletion.Askers);
        }

        // One that is on its way into the store is answered by that.
        foreach (var (submit, asker) in _keyed.Values.SelectMany(waiting => waiting))
        {
            if (!_submitting.ContainsKey(submit.JobId))
            {
                Self.Tell(submit, asker);
            }
        }

        if (_cleanup is { } cleanup)
        {
            AskAgain(Jobs.Cleanup.Instance, [.. cleanup.Askers, .. cleanup.Next]);
        }

        foreach (var (id, blobs) in _expiring.Concat(_unused))
        {
            Self.Tell(new LeftFiles(id, blobs));
        }
    }

    private void AskAgain(object question, List<IActorRef> askers) =>
        askers.ForEach(asker => Self.Tell(question, asker));

    /// <summary>Files of a job whose end may have been recorded; those of one that goes on are named by it, and stay.</summary>
    private sealed record LeftFiles(JobId JobId, BlobId[] Blobs);
}

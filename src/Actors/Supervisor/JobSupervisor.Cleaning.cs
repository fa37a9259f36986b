using Akka.Actor;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Supervisor;

/// <content>Expiring all that has ended, at a client's word.</content>
public sealed partial class JobSupervisor
{
    private CleanupRun? _cleanup;

    private void Cleanup()
    {
        if (_cleanup is { } underWay)
        {
            underWay.Next.Add(Sender);
        }
        else
        {
            CleanUp(new CleanupRun([Sender], Now));
        }
    }

    private void CleanUp(CleanupRun run)
    {
        _cleanup = run;
        ReadEnded(run.Since.AddTicks(1), jobs => new CleanupFound(jobs), StorePurpose.Cleanup);
    }

    /// <summary>Batch after batch, until there is none left.</summary>
    private void CleanUp(CleanupFound found, long reading)
    {
        var run = _cleanup!;
        if (found.Jobs.Count == 0)
        {
            Finish(run, new Jobs.CleanedUp(run.Cleaned));
            return;
        }

        Expire(found.Jobs, reading);
        // What the sweep or a client sent on its way just now is waited for too.
        run.Left.UnionWith(found.Jobs.Select(job => job.Id).Where(id => _expiring.ContainsKey(id)));
        if (run.Left.Count == 0)
        {
            CleanUp(run);
        }
    }

    private void CleanedUp(JobId id)
    {
        if (_cleanup is { } run && run.Left.Remove(id))
        {
            run.Cleaned++;
            if (run.Left.Count == 0)
            {
                CleanUp(run);
            }
        }
    }

    private void Finish(CleanupRun run, object answer)
    {
        _cleanup = null;
        run.Askers.ForEach(asker => asker.Tell(answer));
        if (run.Next.Count > 0)
        {
            CleanUp(new CleanupRun(run.Next, Now));
        }
    }

    private sealed record CleanupFound(IReadOnlyList<Job> Jobs);

    private sealed class CleanupRun(List<IActorRef> askers, DateTimeOffset since)
    {
        /// <summary>What ends later is not its concern: else it might never be done.</summary>
        public DateTimeOffset Since { get; } = since;

        public List<IActorRef> Askers { get; } = askers;

        /// <summary>Who asked meanwhile: what ended meanwhile concerns them.</summary>
        public List<IActorRef> Next { get; } = [];

        public HashSet<JobId> Left { get; } = [];

        public int Cleaned { get; set; }
    }
}

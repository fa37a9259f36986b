using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Storage;

/// <summary>Which pending jobs are claimed: known to this process only, which alone has the database.</summary>
/// <remarks>
/// A claim of a commit is taken before the commit is visible, and given up after: whoever claims meanwhile, from
/// either state of the database, finds the job taken.
/// </remarks>
internal sealed class Claims
{
    private readonly Lock _gate = new();
    private readonly HashSet<JobId> _claimed = [];

    /// <returns>What the batch claims and was not claimed before.</returns>
    public List<JobId> Take(IReadOnlyList<JobCommit> batch)
    {
        lock (_gate)
        {
            return [.. batch.Where(commit => commit.Claim).Select(commit => commit.After.Id).Where(_claimed.Add)];
        }
    }

    /// <summary>The batch is recorded: who waits no more needs no claim.</summary>
    public void Settle(IReadOnlyList<JobCommit> batch, IReadOnlyList<JobCommit> leftOut)
    {
        lock (_gate)
        {
            foreach (var commit in batch.Where(commit => commit.After.Phase != JobPhase.Pending).Concat(leftOut))
            {
                _claimed.Remove(commit.After.Id);
            }
        }
    }

    public void Release(IReadOnlyCollection<JobId> ids)
    {
        lock (_gate)
        {
            _claimed.ExceptWith(ids);
        }
    }

    /// <summary>Gives all claims back, and reads before any new one is made.</summary>
    public T ReleaseAll<T>(Func<T> read)
    {
        lock (_gate)
        {
            _claimed.Clear();
            return read();
        }
    }

    /// <summary>Claims the first that nobody has claimed.</summary>
    /// <param name="firstWaiting">Pending jobs in order, as many as asked for if there are, claimed ones among them.</param>
    /// <param name="cancellationToken">Whoever is gone by now gets no claim: nobody would give it back.</param>
    public IReadOnlyList<(QueuePlace Place, JobId Id)> Take(
        int max,
        Func<int, IEnumerable<(QueuePlace Place, JobId Id)>> firstWaiting,
        CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (QueuePlace Place, JobId Id)[] taken =
            [
                .. firstWaiting(max + _claimed.Count).Where(job => !_claimed.Contains(job.Id)).Take(max),
            ];
            _claimed.UnionWith(taken.Select(job => job.Id));
            return taken;
        }
    }
}

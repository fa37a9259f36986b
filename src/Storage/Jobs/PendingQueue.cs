using AkkaComfy.Messages;

namespace AkkaComfy.Storage;

/// <summary>The pending jobs in order, and which of them are claimed.</summary>
internal sealed class PendingQueue
{
    private readonly RankedSet<QueuePlace> _order = new(Comparer<QueuePlace>.Default);
    private readonly Dictionary<WorkflowName, SortedDictionary<QueuePlace, JobId>> _unclaimed = [];
    private readonly Dictionary<JobId, (QueuePlace Place, WorkflowName Workflow, bool Claimed)> _entries = [];
    private readonly SortedDictionary<int, int> _byPriority = [];

    public Dictionary<int, int> CountByPriority() => new(_byPriority);

    public void Add(JobId id, QueuePlace place, WorkflowName workflow, bool claimed)
    {
        _entries.Add(id, (place, workflow, claimed));
        _order.Add(place);
        _byPriority[place.Priority] = _byPriority.GetValueOrDefault(place.Priority) + 1;
        if (!claimed)
        {
            Offer(id, place, workflow);
        }
    }

    public void Remove(JobId id)
    {
        var (place, workflow, claimed) = _entries[id];
        _entries.Remove(id);
        _order.Remove(place);
        if (--_byPriority[place.Priority] == 0)
        {
            _byPriority.Remove(place.Priority);
        }

        if (!claimed)
        {
            Withdraw(place, workflow);
        }
    }

    /// <returns>The first unclaimed job of these workflows; null when there is none.</returns>
    public JobId? ClaimFirst(IReadOnlySet<WorkflowName> workflows)
    {
        (QueuePlace Place, JobId Id)? first = null;
        foreach (var workflow in workflows)
        {
            if (_unclaimed.TryGetValue(workflow, out var waiting))
            {
                var (place, id) = waiting.First();
                if (first is null || place < first.Value.Place)
                {
                    first = (place, id);
                }
            }
        }

        if (first is not { } found)
        {
            return null;
        }

        var entry = _entries[found.Id];
        Withdraw(entry.Place, entry.Workflow);
        _entries[found.Id] = entry with { Claimed = true };
        return found.Id;
    }

    /// <summary>Gives a claim back; a job that is not pending or not claimed is left alone.</summary>
    public void Release(JobId id)
    {
        if (!_entries.TryGetValue(id, out var entry) || !entry.Claimed)
        {
            return;
        }

        _entries[id] = entry with { Claimed = false };
        Offer(id, entry.Place, entry.Workflow);
    }

    public void ReleaseAll()
    {
        foreach (var id in _entries.Where(entry => entry.Value.Claimed).Select(entry => entry.Key).ToArray())
        {
            Release(id);
        }
    }

    public int? CountAhead(JobId id) => _entries.TryGetValue(id, out var entry) ? _order.RankOf(entry.Place) : null;

    private void Offer(JobId id, QueuePlace place, WorkflowName workflow)
    {
        if (!_unclaimed.TryGetValue(workflow, out var waiting))
        {
            _unclaimed[workflow] = waiting = [];
        }

        waiting.Add(place, id);
    }

    private void Withdraw(QueuePlace place, WorkflowName workflow)
    {
        var waiting = _unclaimed[workflow];
        waiting.Remove(place);
        if (waiting.Count == 0)
        {
            _unclaimed.Remove(workflow);
        }
    }
}

using AkkaComfy.Messages;

namespace AkkaComfy.Storage;

/// <summary>The pending jobs in order, and which of them are claimed.</summary>
internal sealed class PendingQueue
{
    private readonly RankedSet<QueuePlace> _order = new(Comparer<QueuePlace>.Default);
    private readonly Dictionary<QueueName, SortedDictionary<QueuePlace, JobId>> _unclaimed = [];
    private readonly Dictionary<JobId, (QueuePlace Place, QueueName Queue, bool Claimed)> _entries = [];
    private readonly SortedDictionary<int, int> _byPriority = [];

    public IEnumerable<JobId> All => _entries.Keys;

    public Dictionary<int, int> CountByPriority() => new(_byPriority);

    public void Add(JobId id, QueuePlace place, QueueName queue, bool claimed)
    {
        _entries.Add(id, (place, queue, claimed));
        _order.Add(place);
        _byPriority[place.Priority] = _byPriority.GetValueOrDefault(place.Priority) + 1;
        if (!claimed)
        {
            Offer(id, place, queue);
        }
    }

    public void Remove(JobId id)
    {
        var (place, queue, claimed) = _entries[id];
        _entries.Remove(id);
        _order.Remove(place);
        if (--_byPriority[place.Priority] == 0)
        {
            _byPriority.Remove(place.Priority);
        }

        if (!claimed)
        {
            Withdraw(place, queue);
        }
    }

    /// <returns>The first unclaimed job of these queues; null when there is none.</returns>
    public JobId? ClaimFirst(IReadOnlySet<QueueName> queues)
    {
        (QueuePlace Place, JobId Id)? first = null;
        foreach (var queue in queues)
        {
            if (_unclaimed.TryGetValue(queue, out var waiting))
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
        Withdraw(entry.Place, entry.Queue);
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
        Offer(id, entry.Place, entry.Queue);
    }

    public void ReleaseAll()
    {
        foreach (var id in _entries.Where(entry => entry.Value.Claimed).Select(entry => entry.Key).ToArray())
        {
            Release(id);
        }
    }

    public int? CountAhead(JobId id) => _entries.TryGetValue(id, out var entry) ? _order.RankOf(entry.Place) : null;

    private void Offer(JobId id, QueuePlace place, QueueName queue)
    {
        if (!_unclaimed.TryGetValue(queue, out var waiting))
        {
            _unclaimed[queue] = waiting = [];
        }

        waiting.Add(place, id);
    }

    private void Withdraw(QueuePlace place, QueueName queue)
    {
        var waiting = _unclaimed[queue];
        waiting.Remove(place);
        if (waiting.Count == 0)
        {
            _unclaimed.Remove(queue);
        }
    }
}

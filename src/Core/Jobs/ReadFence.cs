using AkkaComfy.Messages;

namespace AkkaComfy.Core.Jobs;

/// <summary>
/// Tells whether what was read of a job is out of date: it left memory for good while the reading was under way.
/// </summary>
/// <remarks>Remembers no more than what happened since the oldest reading under way began; owned by one actor.</remarks>
public sealed class ReadFence
{
    private readonly SortedSet<long> _underWay = [];
    private readonly Dictionary<JobId, long> _passed = [];
    private readonly Queue<(long At, JobId Id)> _order = new();
    private long _clock;

    /// <summary>How many jobs are remembered.</summary>
    public int Count => _passed.Count;

    /// <returns>Names the reading.</returns>
    public long Begin()
    {
        _underWay.Add(++_clock);
        return _clock;
    }

    /// <summary>The job ended, expired or was deleted, and that is recorded.</summary>
    public void Pass(JobId id)
    {
        if (_underWay.Count > 0)
        {
            _passed[id] = ++_clock;
            _order.Enqueue((_clock, id));
        }
    }

    /// <summary>Whether the job passed since the reading began, which must not have ended.</summary>
    public bool IsStale(long reading, JobId id) => _passed.TryGetValue(id, out var at) && at > reading;

    public void End(long reading)
    {
        _underWay.Remove(reading);
        var oldest = _underWay.Count > 0 ? _underWay.Min : long.MaxValue;
        while (_order.TryPeek(out var first) && first.At < oldest)
        {
            _order.Dequeue();
            if (_passed.TryGetValue(first.Id, out var last) && last == first.At)
            {
                _passed.Remove(first.Id);
            }
        }
    }
}

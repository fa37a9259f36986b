namespace AkkaComfy.Core.Estimates;

/// <summary>The last durations of one kind, as many as fit; owned by one actor.</summary>
public sealed class DurationStats(int capacity = DurationStats.DefaultCapacity)
{
    public const int DefaultCapacity = 200;

    private readonly Queue<TimeSpan> _recent = new(capacity);
    private TimeSpan[]? _sorted;

    public int Count => _recent.Count;

    public void Record(TimeSpan duration)
    {
        if (_recent.Count == capacity)
        {
            _recent.Dequeue();
        }

        _recent.Enqueue(duration < TimeSpan.Zero ? TimeSpan.Zero : duration);
        _sorted = null;
    }

    /// <summary>The nearest-rank percentile; null before anything was recorded.</summary>
    /// <param name="share">0 to 1; 0.5 is the median.</param>
    public TimeSpan? Percentile(double share) => Of(Sorted(), share);

    public TimeSpan? Mean => _recent.Count == 0
        ? null
        : TimeSpan.FromTicks((long)_recent.Average(duration => duration.Ticks));

    /// <summary>The median of what was left, of those that took longer than this; null when none did.</summary>
    public TimeSpan? MedianBeyond(TimeSpan elapsed)
    {
        var sorted = Sorted();
        var first = Array.FindIndex(sorted, duration => duration > elapsed);
        return first < 0 ? null : Of(sorted.AsSpan(first), 0.5) - elapsed;
    }

    private static TimeSpan? Of(ReadOnlySpan<TimeSpan> sorted, double share) => sorted.IsEmpty
        ? null
        : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];

    private TimeSpan[] Sorted() => _sorted ??= [.. _recent.Order()];
}

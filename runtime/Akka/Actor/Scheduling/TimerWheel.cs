using Akka.Util;

namespace Akka.Actor;

/// <summary>Something to happen later; also the handle by which it is called off.</summary>
internal abstract class WheelEntry
{
    public const byte Waiting = 1, Firing = 2, Done = 3, Cancelled = 4;

    public WheelEntry? Next;
    public WheelEntry? Previous;
    public TimerWheel? Wheel;
    public long Due;

    /// <summary>Zero: once.</summary>
    public TimeSpan Interval;

    public byte State;

    public abstract void Fire();

    /// <summary>The wheel ends before the entry's time has come.</summary>
    public virtual void Abandon() { }
}

/// <summary>
/// A ring of buckets, one per tick; starting and cancelling link and unlink an entry under one short lock. A single
/// timer of the <see cref="TimeProvider"/> turns it, and only while it holds entries. Nothing fires early; late by at
/// most a tick.
/// </summary>
internal sealed class TimerWheel : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly Action<Exception> _onError;
    private readonly TimeSpan _tick;
    private readonly double _timestampsPerTick;
    private readonly long _start;
    private readonly WheelEntry?[] _buckets;
    private readonly Queue<WheelEntry> _due = new();
    private readonly ITimer _timer;
    private long _done;
    private int _count;
    private bool _armed;
    private bool _turning;
    private bool _disposed;

    public TimerWheel(TimeProvider time, TimeSpan tick, int buckets, Action<Exception> onError)
    {
        _time = time;
        _tick = tick;
        _onError = onError;
        _timestampsPerTick = tick.TotalSeconds * time.TimestampFrequency;
        _buckets = new WheelEntry?[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)buckets)];
        _start = time.GetTimestamp();
        _timer = ContextFreeTimer.Create(time, Turn);
    }

    /// <returns>False when the wheel has been disposed of.</returns>
    public bool TryStart(WheelEntry entry, TimeSpan delay)
    {
        var due = Elapsed() + (delay.TotalSeconds * _time.TimestampFrequency);
        lock (_lock)
        {
            if (_disposed)
                return false;
            entry.Wheel = this;
            if (_count == 0 && !_turning)
                _done = Math.Max(_done, (long)(Elapsed() / _timestampsPerTick));
            entry.Due = Math.Max(_done + 1, (long)Math.Ceiling(due / _timestampsPerTick));
            Link(entry);
            if (!_armed && !_turning)
                Arm();
            return true;
        }
    }

    /// <returns>Whether the entry will not fire again because of this call.</returns>
    public bool Cancel(WheelEntry entry)
    {
        lock (_lock)
        {
            var pending = entry.State is WheelEntry.Waiting or WheelEntry.Firing;
            if (entry.State == WheelEntry.Waiting)
                Unlink(entry);
            entry.State = WheelEntry.Cancelled;
            return pending;
        }
    }

    /// <summary>Abandons all entries.</summary>
    public void Dispose()
    {
        var abandoned = new List<WheelEntry>();
        lock (_lock)
        {
            _disposed = true;
            foreach (var first in _buckets)
            {
                for (var entry = first; entry is not null; entry = entry.Next)
                    abandoned.Add(entry);
            }
            Array.Clear(_buckets);
            _count = 0;
            abandoned.AddRange(_due.Where(static entry => entry.State == WheelEntry.Firing));
            _due.Clear();
            foreach (var entry in abandoned)
                entry.State = WheelEntry.Cancelled;
        }
        _timer.Dispose();
        foreach (var entry in abandoned)
            entry.Abandon();
    }

    private double Elapsed() => _time.GetTimestamp() - _start;

    private void Turn()
    {
        lock (_lock)
        {
            _armed = false;
            if (_turning || _disposed)
                return;
            _turning = true;
        }
        while (NextDue() is { } entry)
            Fire(entry);
    }

    /// <summary>Takes the next entry that is due; when there is none, arms the timer for the next tick.</summary>
    private WheelEntry? NextDue()
    {
        lock (_lock)
        {
            var now = (long)(Elapsed() / _timestampsPerTick);
            while (!_disposed)
            {
                while (_due.TryDequeue(out var entry))
                {
                    if (entry.State == WheelEntry.Firing)
                        return entry;
                }
                if (_count == 0 || _done >= now)
                    break;
                CollectDue(++_done);
            }
            _turning = false;
            if (_count > 0 && !_disposed)
                Arm();
            return null;
        }
    }

    // In the order in which they were started.
    private void CollectDue(long tick)
    {
        for (var entry = _buckets[tick & (_buckets.Length - 1)]; entry is not null;)
        {
            var next = entry.Next;
            if (entry.Due <= tick)
            {
                Unlink(entry);
                entry.State = WheelEntry.Firing;
                _due.Enqueue(entry);
            }
            entry = next;
        }
    }

    private void Fire(WheelEntry entry)
    {
        try
        {
            entry.Fire();
        }
        catch (Exception e)
        {
            _onError(e);
        }
        lock (_lock)
        {
            if (entry.State != WheelEntry.Firing)
                return;
            entry.State = WheelEntry.Done;
            if (entry.Interval > TimeSpan.Zero && !_disposed)
            {
                // A late tick does not shift those after it, but missed ones are not made up for.
                var every = Math.Max(1, (long)Math.Round(entry.Interval / _tick));
                entry.Due = Math.Max(entry.Due + every, _done + 1);
                Link(entry);
            }
        }
    }

    private void Arm()
    {
        if (_count == 0)
            return;
        _armed = true;
        var untilNext = (((long)(Elapsed() / _timestampsPerTick) + 1) * _timestampsPerTick) - Elapsed();
        var delay = TimeSpan.FromSeconds(Math.Max(0, untilNext) / _time.TimestampFrequency);
        var milliseconds = Math.Ceiling(Math.Max(1, delay.TotalMilliseconds));
        _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
    }

    private void Link(WheelEntry entry)
    {
        ref var first = ref _buckets[entry.Due & (_buckets.Length - 1)];
        entry.State = WheelEntry.Waiting;
        entry.Next = null;
        if (first is null)
        {
            first = entry;
            entry.Previous = entry;
        }
        else
        {
            // The first entry's Previous is the last one.
            var last = first.Previous!;
            last.Next = entry;
            entry.Previous = last;
            first.Previous = entry;
        }
        _count++;
    }

    private void Unlink(WheelEntry entry)
    {
        ref var first = ref _buckets[entry.Due & (_buckets.Length - 1)];
        if (ReferenceEquals(first, entry))
        {
            first = entry.Next;
            if (first is not null)
                first.Previous = entry.Previous;
        }
        else
        {
            entry.Previous!.Next = entry.Next;
            (entry.Next ?? first)!.Previous = entry.Previous;
        }
        entry.Next = entry.Previous = null;
        _count--;
    }
}

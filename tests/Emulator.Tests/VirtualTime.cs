namespace AkkaComfy.Emulator.Tests;

/// <summary>A clock that stands still until told to move, and moves from timer to timer.</summary>
internal sealed class VirtualTime : TimeProvider
{
    private static readonly DateTimeOffset Epoch = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private readonly List<VirtualTimer> _timers = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public TimeSpan Elapsed
    {
        get
        {
            lock (_gate)
            {
                return _elapsed;
            }
        }
    }

    /// <summary>When the next timer fires; null where none is set.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count == 0 ? null : _timers.Min(timer => timer.Due);
            }
        }
    }

    /// <summary>Completes once there is a timer that fires at that time.</summary>
    public async Task TimerSetAsync(TimeSpan due)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_timers.Any(timer => timer.Due == due))
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    public override DateTimeOffset GetUtcNow() => Epoch + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    /// <summary>
    /// Moves the clock, firing on the way what falls due; <paramref name="settle"/> runs before each step.
    /// </summary>
    /// <param name="tolerance">How much too early a timer may fire.</param>
    public async Task AdvanceToAsync(TimeSpan time, Func<Task> settle, TimeSpan tolerance = default)
    {
        while (true)
        {
            await settle();
            VirtualTimer? due;
            lock (_gate)
            {
                due = _timers.Where(timer => timer.Due <= time + tolerance).MinBy(timer => timer.Due);
                _elapsed = Max(_elapsed, due is null || due.Due > time ? time : due.Due);
                if (due is null)
                {
                    return;
                }

                _timers.Remove(due);
            }

            due.Fire();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private sealed class VirtualTimer(VirtualTime clock, Action fire) : ITimer
    {
        public TimeSpan Due { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (period != Timeout.InfiniteTimeSpan)
            {
                throw new NotSupportedException("only one-shot timers");
            }

            lock (clock._gate)
            {
                clock._timers.Remove(this);
                Due = clock._elapsed + dueTime;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    clock._timers.Add(this);
                    clock._changed.TrySetResult();
                    clock._changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

namespace Akka.TestKit;

/// <summary>A scheduler whose time stands still until a test advances it; use it by setting
/// <c>akka.scheduler.implementation</c> to <c>"Akka.TestKit.TestScheduler, Akka.TestKit"</c>.</summary>
public class TestScheduler : SchedulerBase
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<Item, (DateTimeOffset Due, long Number)> _items = new();
    private readonly DateTimeOffset _start = TimeProvider.System.GetUtcNow();
    private DateTimeOffset _now;
    private long _scheduled;

    public TestScheduler(Config schedulerConfig, ILoggingAdapter log) : base(schedulerConfig, log) => _now = _start;
    public DateTimeOffset Now => TimeNow;
    public override TimeSpan MonotonicClock => TimeNow - _start;
    public override TimeSpan HighResMonotonicClock => MonotonicClock;

    protected override DateTimeOffset TimeNow
    {
        get
        {
            lock (_lock) return _now;
        }
    }

    /// <summary>Moves time on; what falls due is done on the calling thread, in the order in which it is due.</summary>
    public void Advance(TimeSpan offset) => AdvanceTo(TimeNow + offset);

    public void AdvanceTo(DateTimeOffset when)
    {
        if (when < TimeNow)
        {
            throw new InvalidOperationException($"You can't reverse time: it is {TimeNow}, and {when} has passed");
        }

        while (TryTake(when, out var due, out var item))
        {
            if (item.Cancelable?.IsCancellationRequested == true) continue;
            item.Deliver();
            if (item.Interval is { } interval) Add(due + interval, item);
        }
        lock (_lock) _now = when;
    }

    protected override void InternalScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Add(TimeNow + delay, new Item(() => receiver.Tell(message, sender), null, cancelable));

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender,
        ICancelable? cancelable) =>
        Add(TimeNow + initialDelay, new Item(() => receiver.Tell(message, sender), interval, cancelable));

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) =>
        Add(TimeNow + delay, new Item(action, null, cancelable));

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Add(TimeNow + initialDelay, new Item(action, interval, cancelable));

    private bool TryTake(DateTimeOffset until, out DateTimeOffset due, out Item item)
    {
        lock (_lock)
        {
            due = default;
            if (!_items.TryPeek(out item!, out var priority) || priority.Due > until) return false;
            _items.Dequeue();
            due = priority.Due;
            if (due > _now) _now = due;
            return true;
        }
    }

    private void Add(DateTimeOffset due, Item item)
    {
        lock (_lock) _items.Enqueue(item, (due, _scheduled++));
    }

    private sealed record Item(Action Deliver, TimeSpan? Interval, ICancelable? Cancelable);
}

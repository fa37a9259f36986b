using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The default scheduler, on a <see cref="TimerWheel"/>.</summary>
public class HashedWheelTimerScheduler : SchedulerBase, IDateTimeOffsetNowTimeProvider, IDisposable
{
    private readonly TimeProvider _time;
    private readonly long _start;

    public HashedWheelTimerScheduler(Config scheduler, ILoggingAdapter log) : this(scheduler, log, TimeProvider.System)
    {
    }

    internal HashedWheelTimerScheduler(Config scheduler, ILoggingAdapter log, TimeProvider time) : base(scheduler, log)
    {
        _time = time;
        _start = time.GetTimestamp();
        var tick = scheduler.GetTimeSpan("akka.scheduler.tick-duration", TimeSpan.FromMilliseconds(10));
        var buckets = scheduler.GetInt("akka.scheduler.ticks-per-wheel", 512);
        if (tick < TimeSpan.FromMilliseconds(1))
            throw new ConfigurationException($"akka.scheduler.tick-duration must be at least 1ms, but is {tick}");
        if (buckets is < 1 or > 1 << 20)
            throw new ConfigurationException($"akka.scheduler.ticks-per-wheel must be 1 to 1048576, but is {buckets}");
        Wheel = new TimerWheel(time, tick, buckets, e => Log.Error(e, "exception while executing timer task"));
    }

    internal TimerWheel Wheel { get; }

    protected override DateTimeOffset TimeNow => _time.GetUtcNow();
    public override TimeSpan MonotonicClock => _time.GetElapsedTime(_start);
    public override TimeSpan HighResMonotonicClock => _time.GetElapsedTime(_start);
    public void Dispose() => Wheel.Dispose();

    internal ICancelable StartTell(
        TimeSpan delay, TimeSpan? interval, ICanTell receiver, object message, IActorRef sender)
    {
        ValidateDelay(delay, nameof(delay));
        if (interval is { } every)
            ValidateInterval(every, nameof(interval));
        var entry = new TellEntry(receiver, message, sender, null) { Interval = interval ?? TimeSpan.Zero };
        Start(entry, delay);
        return entry;
    }

    protected override void InternalScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Start(new TellEntry(receiver, message, sender, cancelable), delay);

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender,
        ICancelable? cancelable) =>
        Start(new TellEntry(receiver, message, sender, cancelable) { Interval = interval }, initialDelay);

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) =>
        Start(new ActionEntry(action, cancelable), delay);

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Start(new ActionEntry(action, cancelable) { Interval = interval }, initialDelay);

    private void Start(WheelEntry entry, TimeSpan delay)
    {
        if (!Wheel.TryStart(entry, delay))
            throw new SchedulerException("cannot enqueue after timer shutdown");
    }

    private sealed class TellEntry(ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable)
        : WheelEntry, ICancelable
    {
        private CancellationTokenSource? _source;

        public bool IsCancellationRequested => State == Cancelled;

        public CancellationToken Token
        {
            get
            {
                if (_source is null)
                    Interlocked.CompareExchange(ref _source, new CancellationTokenSource(), null);
                if (IsCancellationRequested)
                    _source.Cancel();
                return _source.Token;
            }
        }

        public override void Fire()
        {
            if (cancelable is { IsCancellationRequested: true })
                Cancel();
            else
                receiver.Tell(message, sender);
        }

        public void Cancel()
        {
            Wheel?.Cancel(this);
            Volatile.Read(ref _source)?.Cancel();
        }

        public void Cancel(bool throwOnFirstException) => Cancel();
        public void CancelAfter(TimeSpan delay) => Wheel?.TryStart(new ActionEntry(Cancel, null), delay);
        public void CancelAfter(int millisecondsDelay) => CancelAfter(TimeSpan.FromMilliseconds(millisecondsDelay));
    }

    private sealed class ActionEntry(Action action, ICancelable? cancelable) : WheelEntry
    {
        public override void Fire()
        {
            if (cancelable is { IsCancellationRequested: true })
                Wheel?.Cancel(this);
            else
                action();
        }
    }
}

namespace Akka.Actor;

/// <summary>An actor that is given a timer scheduler when it is created.</summary>
public interface IWithTimers
{
    ITimerScheduler Timers { get; set; }
}

/// <summary>
/// Timers of one actor, by key. A new timer replaces that of the same key, and a tick of a timer that was cancelled,
/// replaced or started before a restart is never delivered.
/// </summary>
public interface ITimerScheduler
{
    void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef? sender = null);

    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef? sender = null);

    void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef? sender = null);
    bool IsTimerActive(object key);
    void Cancel(object key);
    void CancelAll();
}

/// <summary>Marks the envelopes in which timer ticks travel.</summary>
public interface ITimerMessage : IAutoReceivedMessage;

internal sealed class TimerScheduler(ActorCell cell) : ITimerScheduler
{
    private Dictionary<object, Timer>? _timers;

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef? sender = null) =>
        Start(key, msg, interval, interval, sender);

    public void StartPeriodicTimer(
        object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef? sender = null) =>
        Start(key, msg, initialDelay, interval, sender);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef? sender = null) =>
        Start(key, msg, timeout, null, sender);

    public bool IsTimerActive(object key) => _timers?.ContainsKey(key) == true;

    public void Cancel(object key)
    {
        if (_timers is not null && _timers.Remove(key, out var timer))
            timer.Task.Cancel();
    }

    public void CancelAll()
    {
        if (_timers is null)
            return;
        foreach (var timer in _timers.Values)
            timer.Task.Cancel();
        _timers = null;
    }

    /// <summary>The message of a tick, or null when the tick is stale.</summary>
    public object? Accept(ITimerMessage tick)
    {
        var timer = (Timer)tick;
        if (_timers is null || !_timers.TryGetValue(timer.Key, out var active) || active != timer)
            return null;
        if (!timer.Repeats)
            _timers.Remove(timer.Key);
        return timer.Message;
    }

    private void Start(object key, object message, TimeSpan delay, TimeSpan? interval, IActorRef? sender)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(message);
        Cancel(key);
        var timer = message is INotInfluenceReceiveTimeout
            ? new QuietTimer(key, message, interval is not null)
            : new Timer(key, message, interval is not null);
        var scheduler = cell.SystemImpl.Scheduler;
        var from = sender ?? cell.Self;
        timer.Task = interval is { } every
            ? scheduler.ScheduleTellRepeatedlyCancelable(delay, every, cell.Self, timer, from)
            : scheduler.ScheduleTellOnceCancelable(delay, cell.Self, timer, from);
        (_timers ??= [])[key] = timer;
    }

    /// <summary>A timer is its own tick: the one in the mailbox is current while it is the one in the table.</summary>
    private class Timer(object key, object message, bool repeats) : ITimerMessage, IDeadLetterSuppression
    {
        public object Key { get; } = key;
        public object Message { get; } = message;
        public bool Repeats { get; } = repeats;
        public ICancelable Task { get; set; } = null!;
        public override string ToString() => $"Timer({Key}, {Message})";
    }

    private sealed class QuietTimer(object key, object message, bool repeats)
        : Timer(key, message, repeats), INotInfluenceReceiveTimeout;
}

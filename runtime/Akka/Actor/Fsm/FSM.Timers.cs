namespace Akka.Actor;

/// <content>Named timers and state timeouts. A tick counts only if it is the very one that is awaited.</content>
public abstract partial class FSM<TState, TData>
{
    private readonly Dictionary<string, Timer> _timers = [];
    private TimeoutMarker? _stateTimeout;

    public bool IsStateTimerActive => _stateTimeout is not null;

    /// <summary>Starts a timer, replacing the one of the same name.</summary>
    public void SetTimer(string name, object msg, TimeSpan timeout, bool repeat = false)
    {
        CancelTimer(name);
        var timer = new Timer(name, msg, repeat);
        var scheduler = Context.System.Scheduler;
        timer.Schedule = repeat
            ? scheduler.ScheduleTellRepeatedlyCancelable(timeout, timeout, Self, timer, Self)
            : scheduler.ScheduleTellOnceCancelable(timeout, Self, timer, Self);
        _timers[name] = timer;
    }

    public void CancelTimer(string name)
    {
        if (_timers.Remove(name, out var timer))
            timer.Schedule?.Cancel();
    }

    public bool IsTimerActive(string name) => _timers.ContainsKey(name);

    /// <summary>Changes how long a state may last; null lets it last for ever.</summary>
    public void SetStateTimeout(TState state, TimeSpan? timeout) => _stateTimeouts[state] = timeout;

    private bool Accept(Timer timer)
    {
        if (!_timers.TryGetValue(timer.Name, out var awaited) || !ReferenceEquals(awaited, timer))
            return false;
        if (!timer.Repeats)
            _timers.Remove(timer.Name);
        return true;
    }

    private void StartStateTimeout(TimeSpan? timeout)
    {
        if (timeout is not { } finite || finite < TimeSpan.Zero || finite == TimeSpan.MaxValue)
            return;
        var marker = new TimeoutMarker();
        marker.Schedule = Context.System.Scheduler.ScheduleTellOnceCancelable(finite, Self, marker, Self);
        _stateTimeout = marker;
    }

    private void CancelStateTimeout()
    {
        _stateTimeout?.Schedule?.Cancel();
        _stateTimeout = null;
    }

    private void CancelAllTimers()
    {
        CancelStateTimeout();
        foreach (var timer in _timers.Values)
            timer.Schedule?.Cancel();
        _timers.Clear();
    }
}

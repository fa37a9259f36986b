using Akka.Event;
using Akka.Pattern;

namespace Akka.Actor;

/// <summary>
/// An actor described by states: <c>When</c> says what a state does with an event, <c>StartWith</c> where to begin and
/// <c>Initialize</c>, called last in the constructor, begins.
/// </summary>
public abstract class FSM<TState, TData> : FSMBase where TState : notnull
{
    private readonly Dictionary<TState, StateFunction> _states = [];
    private readonly Dictionary<TState, TimeSpan?> _stateTimeouts = [];
    private readonly List<TransitionHandler> _onTransition = [];
    private readonly HashSet<IActorRef> _subscribers = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private StateFunction _unhandled;
    private Action<StopEvent<TState, TData>>? _onTermination;
    private State<TState, TData>? _current;
    private State<TState, TData>? _next;

    protected FSM() => _unhandled = HandleEventDefault;

    /// <summary>Handles an event; null leaves it to the next handler, at last to that of unhandled events.</summary>
    public delegate State<TState, TData>? StateFunction(Event<TData> fsmEvent);

    public delegate void TransitionHandler(TState initialState, TState nextState);

    public TState StateName => Current.StateName;
    public TData StateData => Current.StateData;

    /// <summary>The data on the other side of a transition; only within a transition handler.</summary>
    public TData NextStateData => _next is not null
        ? _next.StateData
        : throw new InvalidOperationException("NextStateData is only available during OnTransition");

    protected ILoggingAdapter Log => _log;

    private State<TState, TData> Current =>
        _current ?? throw new IllegalStateException("You must call StartWith before calling Initialize.");

    /// <summary>Adds a handler for a state; a second one sees what the first leaves.</summary>
    public void When(TState stateName, StateFunction func, TimeSpan? timeout = null)
    {
        if (_states.TryGetValue(stateName, out var first))
        {
            _states[stateName] = fsmEvent => first(fsmEvent) ?? func(fsmEvent);
            _stateTimeouts[stateName] = timeout ?? _stateTimeouts[stateName];
        }
        else
        {
            _states[stateName] = func;
            _stateTimeouts[stateName] = timeout;
        }
    }

    public void StartWith(TState stateName, TData stateData, TimeSpan? timeout = null) =>
        _current = new State<TState, TData>(stateName, stateData, timeout);

    /// <summary>Begins in the start state, which transition handlers see as a transition to itself.</summary>
    public void Initialize() => MakeTransition(Current);

    /// <summary>A transition, even if it leads to the same state.</summary>
    public State<TState, TData> GoTo(TState nextStateName) => new(nextStateName, Current.StateData);
    public State<TState, TData> Stay() => GoTo(Current.StateName) with { Notifies = false };
    public State<TState, TData> Stop() => Stop(Normal.Instance);
    public State<TState, TData> Stop(Reason reason) => Stop(reason, Current.StateData);
    public State<TState, TData> Stop(Reason reason, TData stateData) =>
        Stay() with { StateData = stateData, StopReason = reason };

    public void OnTransition(TransitionHandler transitionHandler) => _onTransition.Add(transitionHandler);

    public void OnTermination(Action<StopEvent<TState, TData>> terminationHandler) =>
        _onTermination = terminationHandler;

    public void WhenUnhandled(StateFunction stateFunction)
    {
        var last = _unhandled;
        _unhandled = fsmEvent => stateFunction(fsmEvent) ?? last(fsmEvent);
    }

    /// <summary>Starts a timer, replacing the one of the same name.</summary>
    public void SetTimer(string name, object msg, TimeSpan timeout, bool repeat = false)
    {
        if (repeat)
            Cell.Timers.StartPeriodicTimer(new TimerName(name), msg, timeout);
        else
            Cell.Timers.StartSingleTimer(new TimerName(name), msg, timeout);
    }

    public void CancelTimer(string name) => Cell.Timers.Cancel(new TimerName(name));
    public bool IsTimerActive(string name) => Cell.Timers.IsTimerActive(new TimerName(name));
    public bool IsStateTimerActive => Cell.Timers.IsTimerActive(StateTimeout.Instance);

    /// <summary>Changes how long a state may last; null lets it last for ever.</summary>
    public void SetStateTimeout(TState state, TimeSpan? timeout) => _stateTimeouts[state] = timeout;

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case SubscribeTransitionCallBack subscription:
                _subscribers.Add(subscription.ActorRef);
                subscription.ActorRef.Tell(new CurrentState<TState>(Self, StateName));
                return true;
            case UnsubscribeTransitionCallBack subscription:
                _subscribers.Remove(subscription.ActorRef);
                return true;
            default:
                Handle(message);
                return true;
        }
    }

    protected override void PostStop()
    {
        if (_current is not null)
            Terminate(Stay() with { StopReason = Shutdown.Instance });
        base.PostStop();
    }

    protected virtual void LogTermination(Reason reason)
    {
        if (reason is not Failure failure)
            return;
        if (failure.Cause is Exception exception)
            _log.Error(exception, "terminating due to Failure");
        else
            _log.Error(failure.Cause.ToString() ?? "terminating due to Failure");
    }

    private State<TState, TData> HandleEventDefault(Event<TData> fsmEvent)
    {
        _log.Warning("unhandled event {0} in state {1}", fsmEvent.FsmEvent, StateName);
        return Stay();
    }

    private void Handle(object message)
    {
        Cell.Timers.Cancel(StateTimeout.Instance);
        var fsmEvent = new Event<TData>(message, StateData);
        ApplyState(_states[StateName](fsmEvent) ?? _unhandled(fsmEvent)!);
    }

    private void ApplyState(State<TState, TData> next)
    {
        if (next.StopReason is null)
        {
            MakeTransition(next);
            return;
        }
        Reply(next);
        Terminate(next);
        Context.Stop(Self);
    }

    private void MakeTransition(State<TState, TData> next)
    {
        if (!_states.ContainsKey(next.StateName))
        {
            ApplyState(Stop(new Failure($"Next state {next.StateName} does not exist")));
            return;
        }
        Reply(next);
        if (next.Notifies || !next.StateName.Equals(StateName))
            Announce(next);
        _current = next;
        if ((next.Timeout ?? _stateTimeouts[next.StateName]) is { } limit
            && limit >= TimeSpan.Zero && limit != TimeSpan.MaxValue)
            Cell.Timers.StartSingleTimer(StateTimeout.Instance, StateTimeout.Instance, limit);
    }

    private void Announce(State<TState, TData> next)
    {
        _next = next;
        foreach (var handler in _onTransition)
            handler(StateName, next.StateName);
        _next = null;
        var transition = new Transition<TState>(Self, StateName, next.StateName);
        foreach (var subscriber in _subscribers)
            subscriber.Tell(transition);
    }

    private void Reply(State<TState, TData> next)
    {
        for (var i = next.Replies.Count - 1; i >= 0; i--)
            Sender.Tell(next.Replies[i]);
    }

    private void Terminate(State<TState, TData> last)
    {
        if (Current.StopReason is not null)
            return;
        LogTermination(last.StopReason!);
        Cell.Timers.CancelAll();
        _current = last;
        _onTermination?.Invoke(new StopEvent<TState, TData>(last.StopReason!, last.StateName, last.StateData));
    }

    // Apart from the keys of an IWithTimers.
    private sealed record TimerName(string Name);
}

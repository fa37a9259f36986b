namespace Akka.Actor;

/// <summary>What every finite state machine says and hears, whatever its states.</summary>
public abstract class FSMBase : ActorBase
{
    /// <summary>Tells a subscriber the state at the time of its subscription.</summary>
    public sealed class CurrentState<TS>(IActorRef fsmRef, TS state)
    {
        public IActorRef FsmRef { get; } = fsmRef;
        public TS State { get; } = state;

        public override bool Equals(object? obj) => obj is CurrentState<TS> other && Equals(FsmRef, other.FsmRef)
            && EqualityComparer<TS>.Default.Equals(State, other.State);

        public override int GetHashCode() => HashCode.Combine(FsmRef, State);
        public override string ToString() => $"CurrentState <{State}>";
    }

    /// <summary>Tells a subscriber of a change of state.</summary>
    public sealed class Transition<TS>(IActorRef fsmRef, TS from, TS to)
    {
        public IActorRef FsmRef { get; } = fsmRef;
        public TS From { get; } = from;
        public TS To { get; } = to;

        public override bool Equals(object? obj) => obj is Transition<TS> other && Equals(FsmRef, other.FsmRef)
            && EqualityComparer<TS>.Default.Equals(From, other.From)
            && EqualityComparer<TS>.Default.Equals(To, other.To);

        public override int GetHashCode() => HashCode.Combine(FsmRef, From, To);
        public override string ToString() => $"Transition({From}, {To})";
    }

    /// <summary>Asks for the <see cref="CurrentState{TS}"/> and then every <see cref="Transition{TS}"/>.</summary>
    public sealed class SubscribeTransitionCallBack(IActorRef actorRef)
    {
        public IActorRef ActorRef { get; } = actorRef;
    }

    /// <summary>Ends a subscription.</summary>
    public sealed class UnsubscribeTransitionCallBack(IActorRef actorRef)
    {
        public IActorRef ActorRef { get; } = actorRef;
    }

    /// <summary>Why a machine stopped.</summary>
    public abstract class Reason;

    /// <summary>It stopped of its own accord.</summary>
    public sealed class Normal : Reason
    {
        private Normal() { }

        public static Normal Instance { get; } = new();
        public override string ToString() => nameof(Normal);
    }

    /// <summary>Somebody stopped the actor.</summary>
    public sealed class Shutdown : Reason
    {
        private Shutdown() { }

        public static Shutdown Instance { get; } = new();
        public override string ToString() => nameof(Shutdown);
    }

    /// <summary>It could not go on.</summary>
    public sealed class Failure(object cause) : Reason
    {
        /// <summary>An exception or a description.</summary>
        public object Cause { get; } = cause;
        public override string ToString() => $"Failure({Cause})";
    }

    /// <summary>The event that comes when a state has lasted for its timeout.</summary>
    public sealed class StateTimeout
    {
        private StateTimeout() { }

        public static StateTimeout Instance { get; } = new();
        public override string ToString() => nameof(StateTimeout);
    }

    /// <summary>What a state function handles: a message and the data at its arrival.</summary>
    public sealed class Event<TD>(object fsmEvent, TD stateData)
    {
        public object FsmEvent { get; } = fsmEvent;
        public TD StateData { get; } = stateData;
        public override string ToString() => $"Event: <{FsmEvent}>, StateData: <{StateData}>";
    }

    /// <summary>What the termination handler gets.</summary>
    public sealed class StopEvent<TS, TD>(Reason reason, TS terminatedState, TD stateData)
    {
        public Reason Reason { get; } = reason;
        public TS TerminatedState { get; } = terminatedState;
        public TD StateData { get; } = stateData;
        public override string ToString() => $"StopEvent <{Reason}>, {TerminatedState}, {StateData}";
    }

    /// <summary>A state, its data, and what is to be done on the way to it.</summary>
    public sealed class State<TS, TD>
    {
        public State(
            TS stateName, TD stateData, TimeSpan? timeout = null, Reason? stopReason = null,
            IReadOnlyList<object>? replies = null, bool notifies = true)
        {
            StateName = stateName;
            StateData = stateData;
            Timeout = timeout;
            StopReason = stopReason;
            Replies = replies ?? [];
            Notifies = notifies;
        }

        public TS StateName { get; }
        public TD StateData { get; }
        public TimeSpan? Timeout { get; }
        public Reason? StopReason { get; }

        /// <summary>Replies to the sender of the event, the latest first.</summary>
        public IReadOnlyList<object> Replies { get; }
        internal bool Notifies { get; }

        /// <summary>Overrides the state's own timeout; an infinite one turns it off.</summary>
        public State<TS, TD> ForMax(TimeSpan timeout) =>
            new(StateName, StateData, timeout, StopReason, Replies, Notifies);

        public State<TS, TD> Replying(object replyValue) =>
            new(StateName, StateData, Timeout, StopReason, [replyValue, .. Replies], Notifies);

        public State<TS, TD> Using(TD nextStateData) =>
            new(StateName, nextStateData, Timeout, StopReason, Replies, Notifies);

        internal State<TS, TD> WithStopReason(Reason reason) =>
            new(StateName, StateData, Timeout, reason, Replies, Notifies);

        internal State<TS, TD> WithNotification(bool notifies) =>
            new(StateName, StateData, Timeout, StopReason, Replies, notifies);

        public override string ToString() => $"State <{StateName}>, {StateData}";
    }

    /// <summary>A named timer's tick; which one is the machine's own is told by identity.</summary>
    internal sealed class Timer(string name, object message, bool repeats)
    {
        public string Name { get; } = name;
        public object Message { get; } = message;
        public bool Repeats { get; } = repeats;
        public ICancelable? Schedule { get; set; }
    }

    /// <summary>The tick of a state timeout.</summary>
    internal sealed class TimeoutMarker
    {
        public ICancelable? Schedule { get; set; }
    }
}

namespace Akka.Actor;

/// <summary>What every finite state machine says and hears, whatever its states.</summary>
public abstract class FSMBase : ActorBase
{
    /// <summary>Tells a subscriber the state at the time of its subscription.</summary>
    public sealed record CurrentState<TS>(IActorRef FsmRef, TS State);

    /// <summary>Tells a subscriber of a change of state.</summary>
    public sealed record Transition<TS>(IActorRef FsmRef, TS From, TS To)
    {
        public override string ToString() => $"Transition({From}, {To})";
    }

    /// <summary>Asks for the <see cref="CurrentState{TS}"/> and then every <see cref="Transition{TS}"/>.</summary>
    public sealed record SubscribeTransitionCallBack(IActorRef ActorRef);

    /// <summary>Ends a subscription.</summary>
    public sealed record UnsubscribeTransitionCallBack(IActorRef ActorRef);

    /// <summary>Why a machine stopped.</summary>
    public abstract class Reason
    {
        public override string ToString() => GetType().Name;
    }

    /// <summary>It stopped of its own accord.</summary>
    public sealed class Normal : Reason
    {
        private Normal() { }

        public static Normal Instance { get; } = new();
    }

    /// <summary>Somebody stopped the actor.</summary>
    public sealed class Shutdown : Reason
    {
        private Shutdown() { }

        public static Shutdown Instance { get; } = new();
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
    public sealed record Event<TD>(object FsmEvent, TD StateData)
    {
        public override string ToString() => $"Event: <{FsmEvent}>, StateData: <{StateData}>";
    }

    /// <summary>What the termination handler gets.</summary>
    public sealed record StopEvent<TS, TD>(Reason Reason, TS TerminatedState, TD StateData)
    {
        public override string ToString() => $"StopEvent <{Reason}>, {TerminatedState}, {StateData}";
    }

    /// <summary>A state, its data, and what is to be done on the way to it.</summary>
    public sealed record State<TS, TD>(TS StateName, TD StateData, TimeSpan? Timeout = null, Reason? StopReason = null)
    {
        /// <summary>Replies to the sender of the event, the latest first.</summary>
        public IReadOnlyList<object> Replies { get; init; } = [];
        internal bool Notifies { get; init; } = true;

        /// <summary>Overrides the state's own timeout; an infinite one turns it off.</summary>
        public State<TS, TD> ForMax(TimeSpan timeout) => this with { Timeout = timeout };
        public State<TS, TD> Replying(object replyValue) => this with { Replies = [replyValue, .. Replies] };
        public State<TS, TD> Using(TD nextStateData) => this with { StateData = nextStateData };
        public override string ToString() => $"State <{StateName}>, {StateData}";
    }
}

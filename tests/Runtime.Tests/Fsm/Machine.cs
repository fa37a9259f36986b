using Akka.Actor;

namespace AkkaComfy.Runtime.Tests.Fsm;

public enum Phase
{
    Idle,
    Busy,
    Nowhere,
}

/// <summary>A state machine that does what its messages say and reports what happens to it.</summary>
internal sealed class Machine : FSM<Phase, int>
{
    private readonly IActorRef _observer;

    public Machine(IActorRef observer, TimeSpan? busyTimeout = null)
    {
        _observer = observer;
        When(Phase.Idle, Handle);
        When(Phase.Busy, Handle, busyTimeout);
        When(Phase.Busy, e => e.FsmEvent is "second handler" ? Stay().Replying("second handled") : null);
        WhenUnhandled(e => e.FsmEvent is "unheard of" ? Stay().Replying($"unhandled in {StateName}") : null);
        OnTransition((from, to) => observer.Tell(new Changed(from, to, StateData, NextStateData)));
        OnTermination(e => observer.Tell(new Ended(e.Reason, e.TerminatedState, e.StateData)));
        StartWith(Phase.Idle, 0);
        Initialize();
    }

    public sealed record Changed(Phase From, Phase To, int Data, int NextData);

    public sealed record Ended(object Reason, Phase At, int Data);

    public sealed record Move(Phase To, int Data = 0, TimeSpan? ForMax = null);

    public sealed record Remain(int Data = 0);

    public sealed record Answer(params object[] Replies);

    public sealed record Arm(string Name, object Tick, TimeSpan After, bool Repeat = false);

    public sealed record Disarm(string Name);

    public sealed record Armed(string Name);

    public sealed record Halt(FSMBase.Reason? Reason = null);

    public sealed record Crash;

    public sealed record Hold(ManualResetEventSlim Entered, ManualResetEventSlim Leave);

    public sealed record Tick(int Number);

    private State<Phase, int>? Handle(Event<int> e)
    {
        switch (e.FsmEvent)
        {
            case Move { ForMax: { } max } move:
                return GoTo(move.To).Using(move.Data).ForMax(max);
            case Move move:
                return GoTo(move.To).Using(move.Data);
            case Remain remain:
                return Stay().Using(remain.Data).Replying(e.StateData);
            case Answer answer:
                return answer.Replies.Aggregate(Stay(), (state, reply) => state.Replying(reply));
            case Arm arm:
                SetTimer(arm.Name, arm.Tick, arm.After, arm.Repeat);
                return Stay();
            case Disarm disarm:
                CancelTimer(disarm.Name);
                return Stay();
            case Armed armed:
                return Stay().Replying(IsTimerActive(armed.Name));
            case Halt { Reason: { } reason }:
                return Stop(reason, 99);
            case Halt:
                return Stop();
            case Crash:
                throw new InvalidOperationException("crash");
            case Hold hold:
                hold.Entered.Set();
                hold.Leave.Wait(TimeSpan.FromSeconds(10));
                return Stay();
            case Tick tick:
                _observer.Tell(tick);
                return Stay();
            case StateTimeout:
                _observer.Tell("state timeout");
                return Stay();
            case "state?":
                return Stay().Replying(StateName);
            default:
                return null;
        }
    }
}

using System.Runtime.CompilerServices;
using Akka.Event;

namespace Akka.Actor;

// Behaviours, and the way a letter takes through them.
public sealed partial class ActorCell
{
    private Receive? _behavior;
    private Stack<Receive>? _below;
    private Letter? _current;
    private IdleTimer? _idleTimer;

    public TimeSpan? ReceiveTimeout => _idleTimer?.Timeout;

    /// <summary>Replaces the behaviour on top; those below it stay.</summary>
    public void Become(Receive receive) => _behavior = receive;

    public void BecomeStacked(Receive receive)
    {
        (_below ??= new Stack<Receive>()).Push(_behavior!);
        _behavior = receive;
    }

    public void UnbecomeStacked()
    {
        Receive? below = null;
        _below?.TryPop(out below);
        _behavior = below ?? _actor?.InitialBehavior;
    }

    public void Become(UntypedReceive receive) => Become(Handling(receive));
    public void BecomeStacked(UntypedReceive receive) => BecomeStacked(Handling(receive));

    public void SetReceiveTimeout(TimeSpan? timeout)
    {
        _idleTimer?.Cancel();
        _idleTimer = timeout is { } after && after > TimeSpan.Zero ? new IdleTimer(this, after) : null;
        _idleTimer?.Restart();
    }

    private static Receive Handling(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };

    private void Invoke(Letter letter)
    {
        _current = letter;
        try
        {
            var message = letter.Message;
            if (message is IAutoReceivedMessage)
                AutoReceive(letter, message);
            else
                Deliver(message);
            _current = null;
        }
        catch (Exception cause)
        {
            Fail(cause, perpetrator: _self);
        }
        if (_idleTimer is not null && _awaiting == 0 && letter.Message is not INotInfluenceReceiveTimeout)
            _idleTimer.Restart();
    }

    /// <summary>Handles a message on the calling thread; what the actor throws reaches the caller. For tests.</summary>
    internal void ReceiveNow(object message, IActorRef? sender)
    {
        var (outer, letter) = (t_current, _current);
        (t_current, _current) = (this, new Letter(message, sender));
        try
        {
            Deliver(message);
        }
        finally
        {
            (t_current, _current) = (outer, letter);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Deliver(object message) => _actor?.AroundReceive(_behavior!, message);

    private void AutoReceive(Letter letter, object message)
    {
        if (SystemImpl.Settings.DebugAutoReceive && message is not ITimerMessage)
            Debug($"received AutoReceiveMessage {message}");
        switch (message)
        {
            case ITimerMessage tick:
                if (_timers?.Accept(tick) is { } due)
                {
                    _current = new Letter(due, letter.Sender);
                    if (due is IAutoReceivedMessage)
                        AutoReceive(_current, due);
                    else
                        Deliver(due);
                }
                break;
            case Terminated terminated:
                if (_watch?.TakeQueued(terminated) is { } told)
                {
                    _current = new Letter(told, terminated.ActorRef);
                    Deliver(told);
                }
                break;
            case PoisonPill:
                _self.Stop();
                break;
            case Kill:
                throw new ActorKilledException("Kill");
            case Identify identify:
                Sender.Tell(new ActorIdentity(identify.MessageId, _self), _self);
                break;
            case ActorSelectionMessage selected:
                selected.Deliver(_self, letter.Sender);
                break;
            default:
                Deliver(message);
                break;
        }
    }

    internal void Unhandled(object message)
    {
        if (message is Terminated terminated)
            throw new DeathPactException(terminated.ActorRef);
        SystemImpl.EventStream.Publish(new UnhandledMessage(message, Sender, _self));
    }
}

/// <summary>The receive timeout of one actor.</summary>
internal sealed class IdleTimer(ActorCell cell, TimeSpan timeout)
{
    private ICancelable? _pending;

    public TimeSpan Timeout => timeout;

    public void Restart()
    {
        _pending?.Cancel();
        _pending = cell.SystemImpl.Scheduler.ScheduleTellOnceCancelable(
            timeout, cell.Self, Akka.Actor.ReceiveTimeout.Instance, cell.Self);
    }

    public void Cancel() => _pending?.Cancel();
}

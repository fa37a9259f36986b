using Akka.Actor;

namespace Akka.Pattern;

/// <summary>
/// Supervises one child and restarts it after a delay that grows with every restart; passes on what is sent to it and
/// what the child sends to it.
/// </summary>
public sealed class BackoffSupervisor : UntypedActor
{
    private const int AnyNumber = -1;

    private readonly BackoffSettings _settings;
    private readonly OneForOneStrategy _strategy;
    private IActorRef? _child;
    private int _restarts;
    private bool _backingOff;
    private bool _finalStop;

    internal BackoffSupervisor(BackoffSettings settings)
    {
        _settings = settings;
        _strategy = settings.OnFailure
            ? new OneForOneStrategy(-1, null, DecideOnFailure)
            : settings.Strategy.WithMaxNrOfRetries(-1);
    }

    public static Props Props(
        Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) =>
        Props(Backoff.OnStop(childProps, childName, minBackoff, maxBackoff, randomFactor, -1));

    public static Props PropsWithSupervisorStrategy(
        Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor,
        SupervisorStrategy strategy) =>
        Props(Backoff.OnStop(childProps, childName, minBackoff, maxBackoff, randomFactor, -1).WithSupervisorStrategy(
            strategy as OneForOneStrategy
            ?? throw new NotSupportedException("BackoffSupervisor with a strategy other than OneForOneStrategy")));

    public static Props Props(BackoffOptions options) => options.Props;
    protected override void PreStart() => StartChild();
    protected override SupervisorStrategy SupervisorStrategy() => _strategy;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Start:
                StartChild();
                break;
            case Forget forget:
                if (forget.Restarts == _restarts || forget.Restarts == AnyNumber)
                    _restarts = 0;
                break;
            case Terminated terminated when terminated.ActorRef.Equals(_child):
                ChildStopped();
                break;
            case GetCurrentChild:
                Sender.Tell(new CurrentChild(_child));
                break;
            case GetRestartCount:
                Sender.Tell(new RestartCount(_restarts));
                break;
            case Reset when _settings.AutoReset is null:
                _restarts = 0;
                break;
            case Reset:
                Unhandled(message);
                break;
            default:
                Pass(message);
                break;
        }
    }

    private void StartChild()
    {
        _backingOff = false;
        if (_child is not null)
            return;
        _child = Context.Watch(Context.ActorOf(_settings.ChildProps, _settings.ChildName));
        if (_settings.AutoReset is { } life)
            Context.System.Scheduler.ScheduleTellOnce(life, Self, new Forget(_restarts), Self);
    }

    private Directive DecideOnFailure(Exception failure)
    {
        var directive = _settings.Strategy.Decider.Decide(failure);
        if (directive != Directive.Restart)
            return directive;
        if (MayRestart)
            _backingOff = true;
        // Retries are counted within the strategy's window, if it has one.
        if (_restarts == 0 && _settings.Strategy.WithinTimeRangeMilliseconds is > 0 and var window)
            Context.System.Scheduler.ScheduleTellOnce(
                TimeSpan.FromMilliseconds(window), Self, new Forget(AnyNumber), Self);
        return Directive.Stop;
    }

    private bool MayRestart => _settings.Strategy.MaxNumberOfRetries is var max && (max < 0 || _restarts < max);

    private void ChildStopped()
    {
        _child = null;
        var restart = _settings.OnFailure ? _backingOff : !_finalStop && MayRestart;
        if (!restart)
        {
            Context.Stop(Self);
            return;
        }
        var delay = BackoffDelay.After(_restarts, _settings.MinBackoff, _settings.MaxBackoff, _settings.RandomFactor);
        _restarts++;
        Context.System.Scheduler.ScheduleTellOnce(delay, Self, Start.Instance, Self);
    }

    private void Pass(object message)
    {
        if (_child is not null && Sender.Equals(_child))
        {
            Context.Parent.Forward(message);
            return;
        }
        _finalStop |= _settings.IsFinalStop?.Invoke(message) ?? false;
        if (_child is not null)
            _child.Forward(message);
        else if (_settings.ReplyWhileStopped is { } reply)
            Sender.Tell(reply);
        else
            Context.System.DeadLetters.Forward(message);
        if (_finalStop && _child is null)
            Context.Stop(Self);
    }

    /// <summary>Asks for the child.</summary>
    public sealed class GetCurrentChild
    {
        private GetCurrentChild() { }

        public static readonly GetCurrentChild Instance = new();
    }

    /// <summary>The child, or null while it is stopped.</summary>
    public sealed record CurrentChild(IActorRef? Ref);

    /// <summary>Tells a supervisor with manual reset that the child is well again.</summary>
    public sealed class Reset
    {
        private Reset() { }

        public static readonly Reset Instance = new();
    }

    /// <summary>Asks how often the child has been restarted since the last reset.</summary>
    public sealed class GetRestartCount
    {
        private GetRestartCount() { }

        public static readonly GetRestartCount Instance = new();
    }

    /// <summary>How often the child has been restarted since the last reset.</summary>
    public sealed record RestartCount(int Count);

    private sealed class Start
    {
        public static readonly Start Instance = new();
    }

    private sealed record Forget(int Restarts);
}

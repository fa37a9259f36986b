namespace Akka.Actor;

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

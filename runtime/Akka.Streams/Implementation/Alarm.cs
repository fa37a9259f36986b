using Akka.Actor;

namespace Akka.Streams.Implementation;

/// <summary>A token that is cancelled when a time has passed on the system's scheduler.</summary>
internal sealed class Alarm : IDisposable
{
    private readonly CancellationTokenSource _due = new();
    private readonly Cancelable _timer;

    public Alarm(IScheduler scheduler, TimeSpan delay)
    {
        _timer = new Cancelable(scheduler.Advanced);
        // What waits for the token continues on the pool, not on the scheduler's thread.
        scheduler.Advanced.ScheduleOnce(
            delay, () => ThreadPool.UnsafeQueueUserWorkItem(static due => due.Cancel(), _due, false), _timer);
    }

    public CancellationToken Token => _due.Token;

    public bool HasRung => _due.IsCancellationRequested;

    public void Dispose() => _timer.Cancel();
}

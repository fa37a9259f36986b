using Akka.Actor;

namespace Akka.Streams.Implementation;

/// <summary>A token that is cancelled when a time has passed on the system's scheduler.</summary>
/// <remarks>It is told rather than called: a message that is no longer wanted leaves the scheduler at once.</remarks>
internal sealed class Alarm : ICanTell, IDisposable
{
    private readonly CancellationTokenSource _due = new();
    private readonly ICancelable _timer;

    public Alarm(IScheduler scheduler, TimeSpan delay) =>
        _timer = scheduler.ScheduleTellOnceCancelable(delay, this, nameof(Alarm), ActorRefs.NoSender);

    public CancellationToken Token => _due.Token;

    public bool HasRung => _due.IsCancellationRequested;

    public void Dispose() => _timer.Cancel();

    // What waits for the token continues on the pool, not on the scheduler's thread.
    void ICanTell.Tell(object message, IActorRef? sender) => _ = _due.CancelAsync();
}

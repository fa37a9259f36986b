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
    public void Dispose() => _timer.Cancel();

    // What waits for the token continues on the pool, not on the scheduler's thread.
    void ICanTell.Tell(object message, IActorRef? sender) => _ = _due.CancelAsync();
}

/// <summary>Grants tokens at a rate, and saves up to its capacity of them.</summary>
internal sealed class TokenBucket(long capacity, TimeSpan perToken)
{
    private double _available = capacity;
    private TimeSpan? _seen;

    /// <summary>Takes the tokens and tells how long to wait for them; debts are paid first.</summary>
    public TimeSpan Offer(long cost, TimeSpan now)
    {
        _available = Math.Min(capacity, _available + ((now - (_seen ?? now)) / perToken)) - cost;
        _seen = now;
        return _available >= 0 ? TimeSpan.Zero : perToken * -_available;
    }
}

/// <summary>When the clock of a time limit starts anew.</summary>
internal enum Limited
{
    WholeStream,
    FirstElement,
    EachElement,
}

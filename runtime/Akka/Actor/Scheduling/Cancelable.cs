namespace Akka.Actor;

/// <summary>Something that can be called off; whatever happens first, it is done once.</summary>
public interface ICancelable
{
    bool IsCancellationRequested { get; }
    CancellationToken Token { get; }
    void Cancel();
    void Cancel(bool throwOnFirstException);
    void CancelAfter(TimeSpan delay);
    void CancelAfter(int millisecondsDelay);
}

/// <summary>A cancellation that a scheduler may also trigger after a delay.</summary>
public sealed class Cancelable : ICancelable, IDisposable
{
    private readonly IActionScheduler _scheduler;
    private readonly CancellationTokenSource _source;

    public Cancelable(IScheduler scheduler) : this(scheduler.Advanced) { }
    public Cancelable(IScheduler scheduler, TimeSpan delay) : this(scheduler) => CancelAfter(delay);
    public Cancelable(IScheduler scheduler, int millisecondsDelay) : this(scheduler) => CancelAfter(millisecondsDelay);
    public Cancelable(IActionScheduler scheduler) : this(scheduler, new CancellationTokenSource()) { }
    public Cancelable(IActionScheduler scheduler, TimeSpan delay) : this(scheduler) => CancelAfter(delay);

    public Cancelable(IActionScheduler scheduler, int millisecondsDelay)
        : this(scheduler) => CancelAfter(millisecondsDelay);

    private Cancelable(IActionScheduler scheduler, CancellationTokenSource source)
    {
        _scheduler = scheduler;
        _source = source;
    }

    public bool IsCancellationRequested => _source.IsCancellationRequested;
    public CancellationToken Token => _source.Token;

    public static ICancelable CreateCanceled()
    {
        // Cancelled from the start, it never needs a scheduler.
        var canceled = new Cancelable((IActionScheduler)null!);
        canceled.Cancel();
        return canceled;
    }

    /// <summary>A cancelable that is cancelled with any of the given ones.</summary>
    public static ICancelable CreateLinkedCancelable(IScheduler scheduler, params ICancelable[] cancelables) =>
        new Cancelable(
            scheduler.Advanced,
            CancellationTokenSource.CreateLinkedTokenSource([.. cancelables.Select(static one => one.Token)]));

    public void Cancel() => Cancel(throwOnFirstException: false);
    public void Cancel(bool throwOnFirstException) => _source.Cancel(throwOnFirstException);

    public void CancelAfter(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        if (!IsCancellationRequested)
            _scheduler.ScheduleOnce(delay, Cancel, this);
    }

    public void CancelAfter(int millisecondsDelay) => CancelAfter(TimeSpan.FromMilliseconds(millisecondsDelay));
    public void Dispose() => _source.Dispose();
}

/// <summary>Cancels what may be absent.</summary>
public static class CancelableExtensions
{
    public static void CancelIfNotNull(this ICancelable? cancelable) => cancelable?.Cancel();
}

namespace Akka.Streams.Implementation;

/// <summary>Something that happens once, to any number of streams.</summary>
internal sealed class Trigger
{
    private readonly CancellationTokenSource _pulled = new();
    private readonly Lock _lock = new();

    public bool HasBeenPulled { get; private set; }
    public CancellationToken Pulled => _pulled.Token;
    public Exception? Cause { get; private set; }

    public void Pull(Exception? cause)
    {
        lock (_lock)
        {
            if (HasBeenPulled) return;
            (Cause, HasBeenPulled) = (cause, true);
        }
        // What waits for it continues elsewhere: whoever pulls the trigger may be an actor.
        ThreadPool.UnsafeQueueUserWorkItem(static pulled => pulled.Cancel(), _pulled, preferLocal: false);
    }
}

/// <content>Ending from outside.</content>
internal static partial class Stages
{
    private const int Idle = 0, Pulling = 1, Cut = 2;

    public static async IAsyncEnumerable<T> UntilCancelled<T>(
        IAsyncEnumerable<T> upstream, CancellationToken cancellation, bool gracefully,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        var trigger = new Trigger();
        using var pulling = cancellation.Register(
            () => trigger.Pull(gracefully ? null : new OperationCanceledException(cancellation)));
        await foreach (var element in Until(upstream, trigger, token)) yield return element;
    }

    /// <summary>Passes on what comes until the trigger is pulled; the upstream is then left at once, even if the
    /// downstream is not asking for anything.</summary>
    public static async IAsyncEnumerable<T> Until<T>(
        IAsyncEnumerable<T> upstream, Trigger trigger, [EnumeratorCancellation] CancellationToken token = default)
    {
        var tap = new Tap<T>(upstream, token);
        var state = Idle;
        using var cutting = trigger.Pulled.Register(CutIfIdle);
        try
        {
            while (Interlocked.CompareExchange(ref state, Pulling, Idle) == Idle)
            {
                var pulled = trigger.HasBeenPulled ? Pulled.Interrupted : await tap.Next(trigger.Pulled);
                if (trigger.HasBeenPulled || pulled != Pulled.Element) break;
                var element = tap.Current;
                Volatile.Write(ref state, Idle);
                if (trigger.HasBeenPulled) CutIfIdle();
                yield return element;
            }
            if (trigger.HasBeenPulled) Rethrow(trigger.Cause);
        }
        finally
        {
            if (Interlocked.Exchange(ref state, Cut) != Cut) await tap.DisposeAsync();
        }

        void CutIfIdle()
        {
            if (Interlocked.CompareExchange(ref state, Cut, Idle) == Idle) _ = tap.DisposeAsync().AsTask();
        }
    }
}

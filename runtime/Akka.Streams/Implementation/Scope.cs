using Akka.Event;
using Akka.Streams.Supervision;
using Directive = Akka.Streams.Supervision.Directive;

namespace Akka.Streams.Implementation;

/// <summary>What a part of a graph knows when it is materialized: who runs it, and its attributes.</summary>
internal sealed record Scope(StreamMaterializer Materializer, Attributes Attributes)
{
    private IScheduler Scheduler => Materializer.System.Scheduler;

    /// <summary>Time since some fixed moment, on the system's scheduler.</summary>
    public TimeSpan Clock => Scheduler.MonotonicClock;

    public int InputBuffer =>
        Attributes.GetAttribute<Attributes.InputBuffer>()?.Max ?? Materializer.Settings.MaxInputBufferSize;

    private Supervision.Decider Decider => Attributes.GetAttribute<ActorAttributes.SupervisionStrategy>()?.Decider
        ?? Materializer.Settings.SupervisionDecider;

    public Scope With(Attributes attributes) => this with { Attributes = Attributes.And(attributes) };

    /// <summary>Whether a stage whose user code has thrown goes on with the next element.</summary>
    public bool Survives(Exception cause) => Decider(cause) != Directive.Stop;

    /// <summary>Whether a stage that survives forgets what it has accumulated.</summary>
    public bool StartsAnew(Exception cause) => Decider(cause) == Directive.Restart;

    /// <summary>What a stream is said to have failed with: its cancellation is the end of its materializer.</summary>
    public Exception? Cause(Exception? failure) =>
        failure is OperationCanceledException && Materializer.IsShutdown ? Materializer.Abrupt() : failure;

    /// <summary>Runs the consuming end of a stream until it ends, fails, or the materializer stops.</summary>
    public Task<T> Run<T>(Func<CancellationToken, Task<T>> work)
    {
        if (ExecutionContext.IsFlowSuppressed()) return Task.Run(() => RunToEnd(work));
        // A stream outlives the call that starts it; it must not carry that call's context along.
        using (ExecutionContext.SuppressFlow()) return Task.Run(() => RunToEnd(work));
    }

    /// <summary>Runs a consuming end whose failure nobody is told of but the log.</summary>
    public void RunDetached(Func<CancellationToken, Task<Done>> work) => _ = Run(async token =>
    {
        try
        {
            return await work(token);
        }
        catch (Exception failure) when (!token.IsCancellationRequested)
        {
            Logging.GetLogger(Materializer.System, "Akka.Streams.Sink").Error(failure, "A sink failed");
            return Done.Instance;
        }
    });

    /// <summary>Lets something bounded stand between a stream, which fills it by itself, and its reader.</summary>
    public OfferQueue<T> Queue<T>(IAsyncEnumerable<T> upstream, int size, OverflowStrategy overflow)
    {
        var queue = new OfferQueue<T>(this, size, overflow);
        _ = Run(lifetime => upstream.Pump(queue, lifetime));
        return queue;
    }

    /// <summary>Ends a materialized value of a stage whose downstream has left: completed, or failed if it is the
    /// materializer that stopped.</summary>
    public void Leave(TaskCompletionSource<Done> value)
    {
        if (Materializer.IsShutdown) value.TrySetException(Materializer.Abrupt());
        else value.TrySetResult(Done.Instance);
    }

    public Alarm After(TimeSpan delay) => new(Scheduler, delay);

    public async Task Delay(TimeSpan delay, CancellationToken token)
    {
        if (delay <= TimeSpan.Zero) return;
        using var alarm = After(delay);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(alarm.Token, token);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, either.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        token.ThrowIfCancellationRequested();
    }

    private async Task<T> RunToEnd<T>(Func<CancellationToken, Task<T>> work)
    {
        using var lifetime = CancellationTokenSource.CreateLinkedTokenSource(Materializer.Lifetime);
        try
        {
            return await work(lifetime.Token);
        }
        catch (OperationCanceledException) when (Materializer.IsShutdown)
        {
            throw Materializer.Abrupt();
        }
    }
}

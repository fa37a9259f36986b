using Akka.Actor;

namespace Akka.Pattern;

/// <summary>
/// Guards calls to something that may fail: after so many failures in a row it opens and calls fail at once; after a
/// while it lets one call try, and closes if that succeeds. A call that outlasts the call timeout has failed.
/// </summary>
public class CircuitBreaker(
    IScheduler scheduler, int maxFailures, TimeSpan callTimeout, TimeSpan resetTimeout, TimeSpan maxResetTimeout,
    double exponentialBackoffFactor, double randomFactor)
{
    private static readonly TimeSpan NoMaximum = TimeSpan.FromDays(36500);

    private readonly Lock _gate = new();
    private CircuitState _state = new(CircuitPhase.Closed, 0, 0, Trying: false, resetTimeout);
    private Action? _onOpen;
    private Action? _onHalfOpen;
    private Action? _onClose;

    public CircuitBreaker(IScheduler scheduler, int maxFailures, TimeSpan callTimeout, TimeSpan resetTimeout)
        : this(scheduler, maxFailures, callTimeout, resetTimeout, NoMaximum, 1.0, 0.0) { }

    public IScheduler Scheduler { get; } = scheduler;
    public int MaxFailures { get; } = maxFailures;
    public TimeSpan CallTimeout { get; } = callTimeout;
    public TimeSpan ResetTimeout { get; } = resetTimeout;
    public TimeSpan MaxResetTimeout { get; } = maxResetTimeout;

    /// <summary>By how much each opening in a row lasts longer than the one before.</summary>
    public double ExponentialBackoffFactor { get; } = exponentialBackoffFactor >= 1.0
        ? exponentialBackoffFactor
        : throw new ArgumentException("factor must be >= 1.0", nameof(exponentialBackoffFactor));

    /// <summary>Up to which part of itself an opening may last longer, by chance.</summary>
    public double RandomFactor { get; } = randomFactor is >= 0.0 and <= 1.0
        ? randomFactor
        : throw new ArgumentException("randomFactor must be between 0.0 and 1.0", nameof(randomFactor));

    /// <summary>What the last failed call failed with.</summary>
    public Exception? LastCaughtException { get; private set; }
    public long CurrentFailureCount => State.Failures;
    public bool IsClosed => State.Phase == CircuitPhase.Closed;
    public bool IsOpen => State.Phase == CircuitPhase.Open;
    public bool IsHalfOpen => State.Phase == CircuitPhase.HalfOpen;
    private CircuitState State => Volatile.Read(ref _state);

    public static CircuitBreaker Create(
        IScheduler scheduler, int maxFailures, TimeSpan callTimeout, TimeSpan resetTimeout) =>
        new(scheduler, maxFailures, callTimeout, resetTimeout);

    public CircuitBreaker WithExponentialBackoff(TimeSpan maxResetTimeout) =>
        new(Scheduler, MaxFailures, CallTimeout, ResetTimeout, maxResetTimeout, 2.0, RandomFactor);

    public CircuitBreaker WithRandomFactor(double randomFactor) => new(
        Scheduler, MaxFailures, CallTimeout, ResetTimeout, MaxResetTimeout, ExponentialBackoffFactor, randomFactor);

    public CircuitBreaker OnOpen(Action callback)
    {
        _onOpen += callback;
        return this;
    }

    public CircuitBreaker OnHalfOpen(Action callback)
    {
        _onHalfOpen += callback;
        return this;
    }

    public CircuitBreaker OnClose(Action callback)
    {
        _onClose += callback;
        return this;
    }

    /// <summary>Counts a success that was not a call through the breaker.</summary>
    public void Succeed() => OnSuccess(State.Epoch);

    /// <summary>Counts a failure that was not a call through the breaker.</summary>
    public void Fail() => Move(state => state.Failed(state.Epoch, MaxFailures));
    private void OnSuccess(long epoch) => Move(state => state.Succeeded(epoch, ResetTimeout));

    private void OnFailure(long epoch, Exception failure)
    {
        LastCaughtException = failure;
        Move(state => state.Failed(epoch, MaxFailures));
    }

    private long Enter()
    {
        lock (_gate)
        {
            _state = _state.Enter(out var admitted);
            return admitted ? _state.Epoch : throw new OpenCircuitException(LastCaughtException);
        }
    }

    private void Move(Func<CircuitState, CircuitState> step)
    {
        CircuitState before, after;
        lock (_gate)
        {
            before = _state;
            after = _state = step(before);
        }
        if (after.Phase == before.Phase)
            return;
        if (after.Phase == CircuitPhase.Open)
            Scheduler.Advanced.ScheduleOnce(after.ResetTimeout, () => Reset(after));
        var callback = after.Phase switch
        {
            CircuitPhase.Open => _onOpen,
            CircuitPhase.HalfOpen => _onHalfOpen,
            _ => _onClose,
        };
        if (callback is not null)
            ThreadPool.UnsafeQueueUserWorkItem(static run => run(), callback, preferLocal: false);
    }

    private void Reset(CircuitState opened)
    {
        var longer = opened.ResetTimeout * ExponentialBackoffFactor * (1.0 + Random.Shared.NextDouble() * RandomFactor);
        var next = longer < MaxResetTimeout ? longer : MaxResetTimeout;
        Move(state => state.Reset(opened.Epoch, next));
    }

    public Task<T> WithCircuitBreaker<T>(Func<Task<T>> body) => Guard(body);
    public Task<T> WithCircuitBreaker<T, TState>(TState state, Func<TState, Task<T>> body) => Guard(() => body(state));

    public Task WithCircuitBreaker(Func<Task> body) => Guard(async () =>
    {
        await body();
        return Done.Instance;
    });

    public Task WithCircuitBreaker<TState>(TState state, Func<TState, Task> body) =>
        WithCircuitBreaker(() => body(state));

    /// <summary>Blocks until the body is done or the call timeout is over.</summary>
    public void WithSyncCircuitBreaker(Action body) =>
        WithCircuitBreaker(() => Task.Run(body)).GetAwaiter().GetResult();

    /// <summary>Blocks until the body is done or the call timeout is over.</summary>
    public T WithSyncCircuitBreaker<T>(Func<T> body) =>
        WithCircuitBreaker(() => Task.Run(body)).GetAwaiter().GetResult();

    private async Task<T> Guard<T>(Func<Task<T>> body)
    {
        var epoch = Enter();
        try
        {
            var result = await Timed(body);
            OnSuccess(epoch);
            return result;
        }
        catch (Exception failure)
        {
            OnFailure(epoch, failure);
            throw;
        }
    }

    private async Task<T> Timed<T>(Func<Task<T>> body)
    {
        var call = body();
        if (call.IsCompleted || CallTimeout == Timeout.InfiniteTimeSpan)
            return await call;

        var late = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var clock = Scheduler.Advanced.ScheduleOnceCancelable(CallTimeout, () => late.TrySetResult());
        if (await Task.WhenAny(call, late.Task) != call)
        {
            // Nobody is left to hear how the abandoned call ends.
            _ = call.ContinueWith(static it => it.Exception, TaskScheduler.Default);
            throw new TimeoutException(
                $"Execution did not complete within the time allotted {CallTimeout.TotalMilliseconds} ms");
        }
        clock.Cancel();
        return await call;
    }
}

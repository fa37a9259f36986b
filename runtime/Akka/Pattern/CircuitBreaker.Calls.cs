using Akka.Actor;

namespace Akka.Pattern;

public partial class CircuitBreaker
{
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

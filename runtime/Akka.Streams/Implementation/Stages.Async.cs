using System.Runtime.CompilerServices;
using Akka.Streams.Supervision;

namespace Akka.Streams.Implementation;

/// <content>Mapping to tasks, several at a time.</content>
internal static partial class Stages
{
    /// <summary>Results in the order of the elements. A failure, of a task or of the upstream, does not wait for
    /// what is still under way before it.</summary>
    public static async IAsyncEnumerable<TOut> SelectAsync<TIn, TOut>(
        Scope scope, IAsyncEnumerable<TIn> upstream, int parallelism, Func<TIn, Task<TOut>> mapper,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        var started = new OfferQueue<Task<Result<TOut>>>(scope, parallelism, OverflowStrategy.Backpressure);
        var free = new SemaphoreSlim(parallelism);
        var failed = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = scope.Run(lifetime => Start(CancellationToken.None).Pump(started, lifetime));

        await foreach (var task in started.Drain(token))
        {
            if (!task.IsCompleted) await Task.WhenAny(task, failed.Task).WaitAsync(token);
            if (!task.IsCompleted) Rethrow(await failed.Task);
            var result = await task;
            Rethrow(result.Failure);
            free.Release();
            if (result.HasElement) yield return result.Element;
        }

        async IAsyncEnumerable<Task<Result<TOut>>> Start([EnumeratorCancellation] CancellationToken left)
        {
            await using var tap = new Tap<TIn>(upstream, left);
            await free.WaitAsync(left);
            while (await Pull(tap, left))
            {
                yield return Map(tap.Current);
                await free.WaitAsync(left);
            }
        }

        async ValueTask<bool> Pull(Tap<TIn> tap, CancellationToken left)
        {
            try
            {
                return await tap.Next(CancellationToken.None) == Pulled.Element;
            }
            catch (Exception cause) when (!left.IsCancellationRequested)
            {
                failed.TrySetResult(cause);
                throw;
            }
        }

        async Task<Result<TOut>> Map(TIn element)
        {
            try
            {
                return new Result<TOut>(true, await mapper(element), null);
            }
            catch (Exception cause) when (scope.Decide(cause) != Directive.Stop)
            {
                return default;
            }
            catch (Exception cause)
            {
                failed.TrySetResult(cause);
                return new Result<TOut>(false, default!, cause);
            }
        }
    }

    /// <summary>Results in the order in which they come.</summary>
    public static async IAsyncEnumerable<TOut> SelectAsyncUnordered<TIn, TOut>(
        Scope scope, IAsyncEnumerable<TIn> upstream, int parallelism, Func<TIn, Task<TOut>> mapper,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        var finished = new OfferQueue<TOut>(scope, parallelism, OverflowStrategy.Backpressure);
        var free = new SemaphoreSlim(parallelism);
        _ = scope.Run(lifetime => upstream.Begin(finished, parallelism, free, lifetime, element => _ = Map(element)));
        await foreach (var element in finished.Drain(token))
        {
            free.Release();
            yield return element;
        }

        async Task Map(TIn element)
        {
            try
            {
                await finished.OfferAsync(await mapper(element));
            }
            catch (Exception cause) when (scope.Decide(cause) != Directive.Stop)
            {
                free.Release();
            }
            catch (Exception cause)
            {
                finished.Fail(cause);
            }
        }
    }

    private readonly record struct Result<T>(bool HasElement, T Element, Exception? Failure);
}

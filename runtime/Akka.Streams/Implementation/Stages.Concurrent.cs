namespace Akka.Streams.Implementation;

/// <content>The steps that read ahead of their reader, or from several upstreams.</content>
internal static partial class Stages
{
    public static async IAsyncEnumerable<T> Buffer<T>(
        Scope scope, IAsyncEnumerable<T> upstream, int size, OverflowStrategy overflow,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        var queue = scope.Queue(upstream, size, overflow);
        await foreach (var element in queue.Drain(token)) yield return element;
    }

    public static async IAsyncEnumerable<T> Merge<T>(
        Scope scope, IReadOnlyList<IAsyncEnumerable<T>> upstreams, bool eagerComplete,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        var queue = new OfferQueue<T>(scope, upstreams.Count, OverflowStrategy.Backpressure);
        var running = upstreams.Count;
        foreach (var upstream in upstreams)
        {
            _ = scope.Run(lifetime => upstream.Pump(queue, lifetime, onCompleted: () =>
            {
                if (Interlocked.Decrement(ref running) == 0 || eagerComplete) queue.Complete();
            }));
        }
        await foreach (var element in queue.Drain(token)) yield return element;
    }

    /// <summary>Opens a stream for each element, so many at a time, and merges them.</summary>
    public static async IAsyncEnumerable<TOut> MergeMany<TIn, TOut>(
        Scope scope, IAsyncEnumerable<TIn> upstream, int breadth, Func<TIn, IAsyncEnumerable<TOut>> open,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        // Without a buffer of its own the queue takes from a stream only what is asked for.
        var queue = new OfferQueue<TOut>(scope, 0, OverflowStrategy.Backpressure);
        var free = new SemaphoreSlim(breadth);
        _ = scope.Run(async lifetime =>
        {
            using var left = CancellationTokenSource.CreateLinkedTokenSource(lifetime, queue.Left);
            try
            {
                await foreach (var element in upstream.WithCancellation(left.Token))
                {
                    await free.WaitAsync(left.Token);
                    var stream = open(element);
                    _ = scope.Run(alive => stream.Pump(queue, alive, onCompleted: () => free.Release()));
                }
                // The stream is complete when all the room is free again.
                for (var i = 0; i < breadth; i++) await free.WaitAsync(left.Token);
                queue.Complete();
            }
            catch (Exception failure)
            {
                // The reader sees it; one that has left does not care.
                queue.Fail(failure);
            }
            return Done.Instance;
        });
        await foreach (var element in queue.Drain(token)) yield return element;
    }

    /// <summary>Hands each element to a side stream as well; when either leaves, so does the other.</summary>
    public static async IAsyncEnumerable<T> AlsoTo<T>(
        IAsyncEnumerable<T> upstream, OfferQueue<T> side, [EnumeratorCancellation] CancellationToken token = default)
    {
        try
        {
            await using var tap = new Tap<T>(upstream, token);
            while (await tap.Next(side.Left, onFailure: side.Fail) == Pulled.Element)
            {
                var offered = side.OfferAsync(tap.Current).WaitAsync(token);
                if (await offered is QueueOfferResult.QueueClosed) yield break;
                yield return tap.Current;
            }
        }
        finally
        {
            side.Complete();
        }
    }

    /// <summary>Results in the order of the elements. A failure, of a task or of the upstream, does not wait for
    /// what is still under way before it.</summary>
    public static async IAsyncEnumerable<TOut> SelectAsync<TIn, TOut>(
        Scope scope, IAsyncEnumerable<TIn> upstream, int parallelism, Func<TIn, Task<TOut>> mapper,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        var free = new SemaphoreSlim(parallelism);
        var failed = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = scope.Queue(Start(CancellationToken.None), parallelism, OverflowStrategy.Backpressure);
        await foreach (var task in started.Drain(token))
        {
            if (!task.IsCompleted) await Task.WhenAny(task, failed.Task).WaitAsync(token);
            if (!task.IsCompleted) Rethrow(await failed.Task);
            var result = await task;
            free.Release();
            if (result.Any) yield return result.Element;
        }

        async IAsyncEnumerable<Task<(bool Any, TOut Element)>> Start([EnumeratorCancellation] CancellationToken left)
        {
            await using var tap = new Tap<TIn>(upstream, left);
            await free.WaitAsync(left);
            while (await tap.Next(CancellationToken.None, Failed) == Pulled.Element)
            {
                yield return Map(scope, tap.Current, mapper, Failed);
                await free.WaitAsync(left);
            }
        }

        void Failed(Exception cause) => failed.TrySetResult(cause);
    }

    /// <summary>The result of one task, or nothing if the element is dropped for its failure.</summary>
    public static async Task<(bool Any, TOut Element)> Map<TIn, TOut>(
        Scope scope, TIn element, Func<TIn, Task<TOut>> mapper, Action<Exception>? onFailure = null)
    {
        try
        {
            return (true, await mapper(element));
        }
        catch (Exception cause) when (scope.Survives(cause))
        {
            return default;
        }
        catch (Exception cause)
        {
            onFailure?.Invoke(cause);
            throw;
        }
    }

    public static async IAsyncEnumerable<T> Result<T>(
        Task<(bool Any, T Element)> task, [EnumeratorCancellation] CancellationToken token = default)
    {
        var (any, element) = await task.WaitAsync(token);
        if (any) yield return element;
    }
}

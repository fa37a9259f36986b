namespace Akka.Streams.Implementation;

/// <summary>One step of a stream: reads its upstream as far as its own reader asks for.</summary>
internal delegate IAsyncEnumerable<TOut> Stage<in TIn, out TOut>(Scope scope, IAsyncEnumerable<TIn> upstream);

/// <summary>Takes one element: false to drop it.</summary>
internal delegate bool Chooser<in TIn, TOut>(TIn element, out TOut result);

/// <summary>What reads streams at a pace of its own.</summary>
internal static class Reading
{
    /// <summary>Hands over each element until one is refused or <paramref name="left"/> is cancelled, then tells how
    /// the stream ended.</summary>
    public static async Task<Done> Feed<T>(
        this IAsyncEnumerable<T> upstream, Func<T, CancellationToken, ValueTask<bool>> take, Action<Exception?> end,
        CancellationToken token, CancellationToken left = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, left);
        Exception? failure = null;
        try
        {
            await foreach (var element in upstream.WithCancellation(either.Token))
            {
                if (!await take(element, either.Token)) return Done.Instance;
            }
        }
        catch (Exception cause)
        {
            failure = cause;
        }
        end(failure);
        return Done.Instance;
    }

    /// <summary>Moves the upstream into a queue until either has had enough.</summary>
    public static Task<Done> Pump<T>(
        this IAsyncEnumerable<T> upstream, OfferQueue<T> queue, CancellationToken token, Action? onCompleted = null) =>
        upstream.Feed(
            async (element, left) => await queue.OfferAsync(element).WaitAsync(left)
                is QueueOfferResult.Enqueued or QueueOfferResult.Dropped,
            failure =>
            {
                if (failure is not null) queue.Fail(failure);
                else if (onCompleted is null) queue.Complete();
                else onCompleted();
            },
            token,
            queue.Left);

    /// <summary>Tells an upstream that nobody will read it.</summary>
    public static void Cancel<T>(this IAsyncEnumerable<T> upstream) =>
        _ = new Tap<T>(upstream, CancellationToken.None).DisposeAsync().AsTask();
}

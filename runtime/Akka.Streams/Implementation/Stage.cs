namespace Akka.Streams.Implementation;

/// <summary>One step of a stream: reads its upstream as far as its own reader asks for.</summary>
internal delegate IAsyncEnumerable<TOut> Stage<in TIn, out TOut>(Scope scope, IAsyncEnumerable<TIn> upstream);

/// <summary>Takes one element: false to drop it.</summary>
internal delegate bool Chooser<in TIn, TOut>(TIn element, out TOut result);

/// <summary>The result of one pull, with a failure as a value.</summary>
internal readonly record struct Outcome(bool HasElement, Exception? Failure);

/// <summary>Pulls that do not throw.</summary>
internal static class Pulling
{
    /// <summary>Pulls once; a failure of the upstream is returned, a cancellation is thrown.</summary>
    public static async ValueTask<Outcome> TryMoveNext<T>(this IAsyncEnumerator<T> upstream, CancellationToken token)
    {
        try
        {
            return new Outcome(await upstream.MoveNextAsync(), null);
        }
        catch (Exception failure) when (!token.IsCancellationRequested)
        {
            return new Outcome(false, failure);
        }
    }

    /// <summary>Moves the upstream into a queue until either has had enough.</summary>
    public static async Task<Done> Pump<T>(
        this IAsyncEnumerable<T> upstream, OfferQueue<T> queue, CancellationToken token, Action? onCompleted = null)
    {
        using var left = CancellationTokenSource.CreateLinkedTokenSource(token, queue.Left);
        try
        {
            await foreach (var element in upstream.WithCancellation(left.Token))
            {
                var offered = queue.OfferAsync(element);
                var result = offered.IsCompleted ? await offered : await offered.WaitAsync(left.Token);
                if (result is not (QueueOfferResult.Enqueued or QueueOfferResult.Dropped))
                {
                    return Done.Instance;
                }
            }

            if (onCompleted is null) queue.Complete();
            else onCompleted();
        }
        catch (Exception failure)
        {
            // The reader sees it; one that has left does not care.
            queue.Fail(failure);
        }
        return Done.Instance;
    }

    /// <summary>Tells an upstream that nobody will read it.</summary>
    public static void Cancel<T>(this IAsyncEnumerable<T> upstream) =>
        _ = new Tap<T>(upstream, CancellationToken.None).DisposeAsync().AsTask();
}

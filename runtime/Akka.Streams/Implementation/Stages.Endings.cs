using System.Runtime.ExceptionServices;

namespace Akka.Streams.Implementation;

/// <content>The steps that act on how a stream ends, or put one after another.</content>
internal static partial class Stages
{
    /// <summary>What follows a stream that has ended, given its failure if it has failed; null: nothing.</summary>
    public delegate ValueTask<IAsyncEnumerable<T>?> Sequel<T>(Exception? failure, CancellationToken token);

    public static async IAsyncEnumerable<T> Continue<T>(
        IAsyncEnumerable<T> upstream, Sequel<T> sequel, [EnumeratorCancellation] CancellationToken token = default)
    {
        for (IAsyncEnumerable<T>? current = upstream; current is not null;)
        {
            Exception? failure = null;
            await using (var elements = current.GetAsyncEnumerator(token))
            {
                while (true)
                {
                    try
                    {
                        if (!await elements.MoveNextAsync()) break;
                    }
                    catch (Exception cause) when (!token.IsCancellationRequested)
                    {
                        failure = cause;
                        break;
                    }
                    yield return elements.Current;
                }
            }

            current = await sequel(failure, token);
            if (current is null) Rethrow(failure);
        }
    }

    public static IAsyncEnumerable<T> Continue<T>(
        IAsyncEnumerable<T> upstream, Func<Exception?, IAsyncEnumerable<T>?> sequel) =>
        Continue(upstream, (failure, _) => ValueTask.FromResult(sequel(failure)));

    public static async IAsyncEnumerable<T> Concat<T>(
        IAsyncEnumerable<T> first, IAsyncEnumerable<T> second,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        var reached = false;
        try
        {
            await foreach (var element in first.WithCancellation(token)) yield return element;
            reached = true;
        }
        finally
        {
            if (!reached) second.Cancel();
        }
        await foreach (var element in second.WithCancellation(token)) yield return element;
    }

    public static async IAsyncEnumerable<TOut> ConcatMany<TIn, TOut>(
        IAsyncEnumerable<TIn> upstream, Func<TIn, IAsyncEnumerable<TOut>> open,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        await foreach (var source in upstream.WithCancellation(token))
        {
            await foreach (var element in open(source).WithCancellation(token)) yield return element;
        }
    }

    public static async IAsyncEnumerable<T> WatchTermination<T>(
        Scope scope, IAsyncEnumerable<T> upstream, TaskCompletionSource<Done> end,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        var watched = Continue(upstream, failure =>
        {
            if (failure is not null) end.TrySetException(failure);
            return null;
        });
        try
        {
            await foreach (var element in watched.WithCancellation(token)) yield return element;
        }
        finally
        {
            scope.Leave(end);
        }
    }

    public static async IAsyncEnumerable<T> Of<T>(
        IEnumerable<T> elements, [EnumeratorCancellation] CancellationToken token = default)
    {
        var turn = 0;
        foreach (var element in elements)
        {
            token.ThrowIfCancellationRequested();
            // An endless source beside an eager sink must not keep its thread to itself.
            if ((++turn & 1023) == 0) await Task.Yield();
            yield return element;
        }
    }

    public static async IAsyncEnumerable<T> Failed<T>(Exception failure)
    {
        await Task.CompletedTask;
        Rethrow(failure);
        yield break;
    }

    public static void Rethrow(Exception? failure)
    {
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
    }
}

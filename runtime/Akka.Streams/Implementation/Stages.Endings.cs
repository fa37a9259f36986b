using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Akka.Streams.Implementation;

/// <content>The steps that act on how a stream ends, or put one after another.</content>
internal static partial class Stages
{
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

    /// <summary>On failure goes on with another stream, at most <paramref name="attempts"/> times; negative: always.
    /// </summary>
    public static async IAsyncEnumerable<T> Recover<T>(
        IAsyncEnumerable<T> upstream, Func<Exception, IAsyncEnumerable<T>?> replacement, int attempts,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        while (true)
        {
            Outcome pulled;
            await using (var elements = upstream.GetAsyncEnumerator(token))
            {
                while ((pulled = await elements.TryMoveNext(token)).HasElement) yield return elements.Current;
            }

            if (pulled.Failure is not { } failure) yield break;
            if (attempts == 0 || replacement(failure) is not { } next)
            {
                Rethrow(failure);
                yield break;
            }
            if (attempts > 0) attempts--;
            upstream = next;
        }
    }

    public static async IAsyncEnumerable<T> WatchTermination<T>(
        Scope scope, IAsyncEnumerable<T> upstream, TaskCompletionSource<Done> end,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        try
        {
            await using var elements = upstream.GetAsyncEnumerator(token);
            Outcome pulled;
            while ((pulled = await elements.TryMoveNext(token)).HasElement) yield return elements.Current;
            if (pulled.Failure is not { } failure) yield break;
            end.TrySetException(failure);
            Rethrow(failure);
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

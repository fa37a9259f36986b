using System.Runtime.CompilerServices;
using Akka.Streams.Supervision;

namespace Akka.Streams.Implementation;

/// <summary>The steps that handle one element after the other.</summary>
internal static partial class Stages
{
    public static async IAsyncEnumerable<TOut> Choose<TIn, TOut>(
        Scope scope, IAsyncEnumerable<TIn> upstream, Chooser<TIn, TOut> chooser,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        await foreach (var element in upstream.WithCancellation(token))
        {
            TOut result;
            try
            {
                if (!chooser(element, out result)) continue;
            }
            catch (Exception cause) when (scope.Decide(cause) != Directive.Stop)
            {
                continue;
            }
            yield return result;
        }
    }

    public static async IAsyncEnumerable<T> Take<T>(
        IAsyncEnumerable<T> upstream, long count, [EnumeratorCancellation] CancellationToken token = default)
    {
        if (count <= 0)
        {
            upstream.Cancel();
            yield break;
        }

        T last = default!;
        var complete = false;
        await foreach (var element in upstream.WithCancellation(token))
        {
            if (--count == 0)
            {
                (last, complete) = (element, true);
                break;
            }
            yield return element;
        }

        // The upstream is left before the last element is handed on, not when the next is asked for.
        if (complete) yield return last;
    }

    public static async IAsyncEnumerable<T> TakeWhile<T>(
        Scope scope, IAsyncEnumerable<T> upstream, Predicate<T> predicate, bool inclusive,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        await foreach (var element in upstream.WithCancellation(token))
        {
            bool goOn;
            try
            {
                goOn = predicate(element);
            }
            catch (Exception cause) when (scope.Decide(cause) != Directive.Stop)
            {
                continue;
            }
            if (goOn || inclusive) yield return element;
            if (!goOn) yield break;
        }
    }

    public static async IAsyncEnumerable<T> Limit<T>(
        IAsyncEnumerable<T> upstream, long max, [EnumeratorCancellation] CancellationToken token = default)
    {
        await foreach (var element in upstream.WithCancellation(token))
        {
            if (--max < 0) throw new InvalidOperationException("Limit of elements reached");
            yield return element;
        }
    }

    /// <summary>Emits the zero, then each intermediate result.</summary>
    public static async IAsyncEnumerable<TOut> Scan<TIn, TOut>(
        Scope scope, IAsyncEnumerable<TIn> upstream, TOut zero, Func<TOut, TIn, TOut> fold,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        await using var tap = new Tap<TIn>(upstream, token);
        var state = zero;
        yield return zero;
        while (await tap.Next(CancellationToken.None) == Pulled.Element)
        {
            if (Fold(scope, ref state, zero, tap.Current, fold)) yield return state;
        }
    }

    public static async IAsyncEnumerable<TOut> Aggregate<TIn, TOut>(
        Scope scope, IAsyncEnumerable<TIn> upstream, TOut zero, Func<TOut, TIn, TOut> fold,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        var state = zero;
        await foreach (var element in upstream.WithCancellation(token)) Fold(scope, ref state, zero, element, fold);
        yield return state;
    }

    public static async IAsyncEnumerable<IEnumerable<T>> Grouped<T>(
        IAsyncEnumerable<T> upstream, int size, [EnumeratorCancellation] CancellationToken token = default)
    {
        var group = new List<T>(size);
        await foreach (var element in upstream.WithCancellation(token))
        {
            group.Add(element);
            if (group.Count < size) continue;
            yield return group;
            group = new List<T>(size);
        }
        if (group.Count > 0) yield return group;
    }

    public static async IAsyncEnumerable<TOut> SelectMany<TIn, TOut>(
        Scope scope, IAsyncEnumerable<TIn> upstream, Func<TIn, IEnumerable<TOut>> mapper,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        await foreach (var many in Choose<TIn, IEnumerable<TOut>>(scope, upstream, Mapped, token))
        {
            foreach (var element in many) yield return element;
        }

        bool Mapped(TIn element, out IEnumerable<TOut> many)
        {
            many = mapper(element);
            return true;
        }
    }

    public static async IAsyncEnumerable<T> Log<T>(
        IAsyncEnumerable<T> upstream, Action<T> onElement, Action<Exception?> onEnd,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        await using var elements = upstream.GetAsyncEnumerator(token);
        while (true)
        {
            var pulled = await elements.TryMoveNext(token);
            if (!pulled.HasElement)
            {
                onEnd(pulled.Failure);
                Rethrow(pulled.Failure);
                yield break;
            }
            onElement(elements.Current);
            yield return elements.Current;
        }
    }

    private static bool Fold<TIn, TOut>(
        Scope scope, ref TOut state, TOut zero, TIn element, Func<TOut, TIn, TOut> fold)
    {
        try
        {
            state = fold(state, element);
            return true;
        }
        catch (Exception cause) when (scope.Decide(cause) is var verdict and not Directive.Stop)
        {
            if (verdict == Directive.Restart) state = zero;
            return false;
        }
    }
}

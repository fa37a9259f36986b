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
            catch (Exception cause) when (scope.Survives(cause))
            {
                continue;
            }
            yield return result;
        }
    }

    public static async IAsyncEnumerable<T> Flatten<T>(
        IAsyncEnumerable<IEnumerable<T>> upstream, [EnumeratorCancellation] CancellationToken token = default)
    {
        await foreach (var many in upstream.WithCancellation(token))
        {
            foreach (var element in many) yield return element;
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
        await foreach (var element in upstream.WithCancellation(token))
        {
            last = element;
            if (--count == 0) break;
            yield return element;
        }

        // The upstream is left before the last element is handed on, not when the next is asked for.
        if (count == 0) yield return last;
    }

    public static async IAsyncEnumerable<T> TakeWhile<T>(
        Scope scope, IAsyncEnumerable<T> upstream, Predicate<T> predicate, bool inclusive,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        var marked = Operators.Select((T element) => (Element: element, Fits: predicate(element)))(scope, upstream);
        await foreach (var (element, fits) in marked.WithCancellation(token))
        {
            if (fits || inclusive) yield return element;
            if (!fits) yield break;
        }
    }

    public static async IAsyncEnumerable<T> Limit<T>(
        IAsyncEnumerable<T> upstream, long max, [EnumeratorCancellation] CancellationToken token = default)
    {
        var left = max;
        await foreach (var element in upstream.WithCancellation(token))
        {
            if (--left < 0) throw new StreamLimitReachedException(max);
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
        while (await tap.MoveNext())
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

    private static bool Fold<TIn, TOut>(
        Scope scope, ref TOut state, TOut zero, TIn element, Func<TOut, TIn, TOut> fold)
    {
        try
        {
            state = fold(state, element);
            return true;
        }
        catch (Exception cause) when (scope.Survives(cause))
        {
            if (scope.StartsAnew(cause)) state = zero;
            return false;
        }
    }
}

using System.Threading.Channels;

namespace Akka.Streams.Implementation;

/// <summary>Where streams begin.</summary>
internal static class Sources
{
    /// <summary>A sequence from outside, which may not heed cancellation.</summary>
    public static async IAsyncEnumerable<T> Outer<T>(
        Func<IAsyncEnumerable<T>> sequence, [EnumeratorCancellation] CancellationToken token = default)
    {
        await using var tap = new Tap<T>(sequence(), token);
        while (await tap.Next(token) == Pulled.Element) yield return tap.Current;
        token.ThrowIfCancellationRequested();
    }

    public static async IAsyncEnumerable<T> Read<T>(
        ChannelReader<T> reader, ChannelWriter<T>? own, [EnumeratorCancellation] CancellationToken token = default)
    {
        try
        {
            await foreach (var element in reader.ReadAllAsync(token)) yield return element;
        }
        finally
        {
            // A writer learns that nobody reads any more.
            own?.TryComplete();
        }
    }

    public static async IAsyncEnumerable<T> OfTask<T>(
        Task<T> task, [EnumeratorCancellation] CancellationToken token = default)
    {
        yield return await task.WaitAsync(token);
    }

    public static async IAsyncEnumerable<T> Maybe<T>(
        TaskCompletionSource<T> promise, [EnumeratorCancellation] CancellationToken token = default)
    {
        T element;
        try
        {
            element = await promise.Task.WaitAsync(token);
        }
        finally
        {
            // Nobody waits any more for what it may be given.
            promise.TrySetResult(default!);
        }
        if (!EqualityComparer<T>.Default.Equals(element, default!)) yield return element;
    }

    public static async IAsyncEnumerable<TElem> Unfold<TState, TElem>(
        TState state, Func<TState, Task<Option<(TState, TElem)>>> unfold,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        while (await unfold(state).WaitAsync(token) is { HasValue: true } next)
        {
            token.ThrowIfCancellationRequested();
            (state, var element) = next.Value;
            yield return element;
        }
    }

    public static IEnumerable<T> Repeat<T>(T element)
    {
        while (true) yield return element;
    }

    public static IEnumerable<T> Enumerate<T>(Func<IEnumerator<T>> enumerator)
    {
        using var elements = enumerator();
        while (elements.MoveNext()) yield return elements.Current;
    }

    public static IEnumerable<T> Cycle<T>(Func<IEnumerator<T>> enumerator)
    {
        while (true)
        {
            var any = false;
            foreach (var element in Enumerate(enumerator))
            {
                any = true;
                yield return element;
            }
            if (!any) throw new ArgumentException("empty iterator");
        }
    }
}

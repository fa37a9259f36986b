using System.Runtime.CompilerServices;
using Akka.Streams.Dsl;

namespace Akka.Streams.Implementation;

/// <summary>Where a running stream meets code that is no stream.</summary>
internal static class Outside
{
    public static async IAsyncEnumerable<T> Enumerate<T, TMat>(
        Source<T, TMat> source, IMaterializer materializer, int buffer,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        var queue = source.RunWith(Into<T>(buffer), materializer);
        await foreach (var element in queue.Drain(token).ConfigureAwait(false)) yield return element;
    }

    /// <summary>A sink whose value is what it has been given, to be taken up by another stream.</summary>
    public static Sink<T, Source<T, NotUsed>> Publisher<T>() =>
        new((_, upstream) => Source.Of(_ => upstream));

    private static Sink<T, OfferQueue<T>> Into<T>(int buffer) => new((scope, upstream) =>
    {
        var queue = new OfferQueue<T>(scope, buffer, OverflowStrategy.Backpressure);
        _ = scope.Run(token => upstream.Pump(queue, token));
        return queue;
    });
}

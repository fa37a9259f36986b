using System.Numerics;
namespace Akka.Streams.Dsl;

/// <summary>One stream to any number of streams that come and go. The slowest of them sets the pace; while there
/// is none, the hub's buffer fills and then the producer waits.</summary>
public static class BroadcastHub
{
    /// <param name="bufferSize">How far the fastest consumer may be ahead of the slowest; a power of two.</param>
    public static Sink<T, Source<T, NotUsed>> Sink<T>(int bufferSize = 256)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bufferSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bufferSize, 4095);
        if (!BitOperations.IsPow2(bufferSize))
        {
            throw new ArgumentException($"Buffer size must be a power of two, but is {bufferSize}", nameof(bufferSize));
        }
        return new Sink<T, Source<T, NotUsed>>((scope, upstream) =>
        {
            var hub = new Broadcast<T>(bufferSize);
            _ = scope.Run(token => hub.Fill(scope, upstream, token));
            return Source.Of(_ => hub.Join());
        });
    }
}

/// <summary>Any number of streams that come and go to one stream.</summary>
public static class MergeHub
{
    /// <param name="perProducerBufferSize">How far each producer may be ahead of the consumer.</param>
    public static Source<T, Sink<T, NotUsed>> Source<T>(int perProducerBufferSize = 16)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perProducerBufferSize);
        return new Source<T, Sink<T, NotUsed>>(scope =>
        {
            var hub = new OfferQueue<(T, SemaphoreSlim)>(scope, int.MaxValue, OverflowStrategy.Backpressure);
            var sink = Dsl.Sink.Detached<T>((producer, upstream, token) =>
                Merging.Produce(producer, upstream, hub, perProducerBufferSize, token));
            return (Merging.Consume(hub), sink);
        });
    }
}

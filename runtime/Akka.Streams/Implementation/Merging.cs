using System.Runtime.CompilerServices;
using Akka.Event;

namespace Akka.Streams.Implementation;

/// <summary>The two ends of a merge hub: each element carries the room it takes up in its producer's buffer.</summary>
internal static class Merging
{
    /// <summary>A producer that fails is logged and leaves; the hub goes on.</summary>
    public static async Task<Done> Produce<T>(
        Scope scope, IAsyncEnumerable<T> upstream, OfferQueue<(T, SemaphoreSlim)> hub, int buffer,
        CancellationToken token)
    {
        using var left = CancellationTokenSource.CreateLinkedTokenSource(token, hub.Left);
        var room = new SemaphoreSlim(buffer);
        try
        {
            await foreach (var element in upstream.WithCancellation(left.Token))
            {
                await room.WaitAsync(left.Token);
                await hub.OfferAsync((element, room));
            }
        }
        catch (Exception failure) when (!left.IsCancellationRequested)
        {
            Logging.GetLogger(scope.Materializer.System, nameof(Dsl.MergeHub)).Error(
                failure, "Upstream producer failed with exception, removing from MergeHub now");
        }
        catch (Exception) when (hub.Left.IsCancellationRequested)
        {
            // The consumer has left, and the producer's upstream is told by being left.
            return Done.Instance;
        }
        return Done.Instance;
    }

    public static async IAsyncEnumerable<T> Consume<T>(
        OfferQueue<(T, SemaphoreSlim)> hub, [EnumeratorCancellation] CancellationToken token = default)
    {
        await foreach (var (element, room) in hub.Drain(token))
        {
            room.Release();
            yield return element;
        }
    }
}

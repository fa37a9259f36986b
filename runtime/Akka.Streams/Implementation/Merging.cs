using Akka.Event;

namespace Akka.Streams.Implementation;

/// <summary>The two ends of a merge hub: each element carries the room it takes up in its producer's buffer.</summary>
internal static class Merging
{
    /// <summary>A producer that fails is logged and leaves; the hub goes on.</summary>
    public static Task<Done> Produce<T>(
        Scope scope, IAsyncEnumerable<T> upstream, OfferQueue<(T, SemaphoreSlim)> hub, int buffer,
        CancellationToken token)
    {
        var room = new SemaphoreSlim(buffer);
        return upstream.Feed(
            async (element, left) =>
            {
                await room.WaitAsync(left);
                await hub.OfferAsync((element, room));
                return true;
            },
            failure =>
            {
                if (failure is null || token.IsCancellationRequested || hub.Left.IsCancellationRequested) return;
                Logging.GetLogger(scope.Materializer.System, nameof(MergeHub)).Error(
                    failure, "Upstream producer failed with exception, removing from MergeHub now");
            },
            token,
            hub.Left);
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

using System.Threading.Channels;
using Akka.Pattern;

namespace Akka.Streams.Implementation;

/// <summary>Where streams end.</summary>
internal static class Sinks
{
    public static async Task<T> First<T>(IAsyncEnumerable<T> upstream, bool orDefault, CancellationToken token)
    {
        await foreach (var element in upstream.WithCancellation(token)) return element;
        return orDefault ? default! : throw new NoSuchElementException("First of empty stream");
    }

    /// <summary>Feeds an actor until either ends; <paramref name="send"/> is called with null before the first
    /// element.</summary>
    public static async Task<Done> ToActor<T>(
        Scope scope, IAsyncEnumerable<T> upstream, IActorRef target, object onComplete,
        Func<Exception, object> onFailure, Func<object?, CancellationToken, Task> send, CancellationToken token)
    {
        // Not disposed of: the watch may cancel it after the stream has ended.
        var stopped = CancellationTokenSource.CreateLinkedTokenSource(token);
        var watch = scope.Materializer.StartActor(Props.Create(() => new TerminationWatch(target, stopped)));
        try
        {
            await using var tap = new Tap<T>(upstream, stopped.Token);
            await send(null, stopped.Token);
            while (await tap.Next(stopped.Token) == Pulled.Element) await send(tap.Current, stopped.Token);
            stopped.Token.ThrowIfCancellationRequested();
            target.Tell(onComplete, ActorRefs.NoSender);
        }
        catch (Exception failure) when (!stopped.IsCancellationRequested || token.IsCancellationRequested)
        {
            target.Tell(onFailure(scope.Cause(failure)!), ActorRefs.NoSender);
        }
        catch (OperationCanceledException)
        {
            // The target has stopped, and the upstream knows.
            return Done.Instance;
        }
        finally
        {
            watch.Tell(PoisonPill.Instance, ActorRefs.NoSender);
        }
        return Done.Instance;
    }

    public static Task<Done> Write<T>(
        Scope scope, IAsyncEnumerable<T> upstream, ChannelWriter<T> writer, bool owner, CancellationToken token) =>
        upstream.Feed(
            async (element, left) =>
            {
                await writer.WriteAsync(element, left);
                return true;
            },
            failure => _ = owner && writer.TryComplete(scope.Cause(failure)),
            token);

    public static async Task Acknowledged(
        IActorRef target, object message, object ackMessage, CancellationToken token)
    {
        var answer = await target.Ask<object>(message, Timeout.InfiniteTimeSpan, token);
        if (!Equals(answer, ackMessage))
        {
            throw new InvalidOperationException($"{target} answered {answer} instead of {ackMessage}");
        }
    }
}

/// <summary>The reading end of a queue sink.</summary>
internal sealed class SinkQueue<T>(OfferQueue<T> queue) : ISinkQueue<T>
{
    private readonly IAsyncEnumerator<T> _elements = queue.Drain().GetAsyncEnumerator();
    private int _pulling;

    public async Task<Option<T>> PullAsync()
    {
        if (Interlocked.Exchange(ref _pulling, 1) != 0)
        {
            throw new IllegalStateException("You have to wait for one pull to be resolved to send another request");
        }
        try
        {
            return await _elements.MoveNextAsync() ? _elements.Current : Option<T>.None;
        }
        finally
        {
            Volatile.Write(ref _pulling, 0);
        }
    }
}

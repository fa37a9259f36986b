using Akka.Actor;
using Akka.Streams.Implementation;
using Akka.Util;

namespace Akka.Streams.Dsl;

/// <summary>Makes sources.</summary>
public static class Source
{
    public static Source<T, NotUsed> From<T>(IEnumerable<T> enumerable)
    {
        ArgumentNullException.ThrowIfNull(enumerable);
        return Of(_ => Stages.Of(enumerable));
    }

    /// <summary>Calls the function once for each materialization.</summary>
    public static Source<T, NotUsed> From<T>(Func<IAsyncEnumerable<T>> asyncEnumerable) =>
        Of(_ => Sources.Outer(asyncEnumerable));

    public static Source<T, NotUsed> FromEnumerator<T>(Func<IEnumerator<T>> enumeratorFactory) =>
        Of(_ => Stages.Of(Sources.Enumerate(enumeratorFactory)));

    public static Source<T, NotUsed> Cycle<T>(Func<IEnumerator<T>> enumeratorFactory) =>
        Of(_ => Stages.Of(Sources.Cycle(enumeratorFactory)));

    public static Source<T, NotUsed> Single<T>(T element) => Of(_ => Stages.Of([element]));

    public static Source<T, NotUsed> Empty<T>() => Of(_ => Stages.Of<T>([]));

    public static Source<T, NotUsed> Failed<T>(Exception cause) => Of(_ => Stages.Failed<T>(cause));

    public static Source<T, NotUsed> Never<T>() => Of(_ => Sources.Never<T>());

    public static Source<T, NotUsed> Repeat<T>(T element) => Of(_ => Stages.Of(Sources.Repeat(element)));

    public static Source<T, NotUsed> FromTask<T>(Task<T> task) => Of(_ => Sources.OfTask(task));

    public static Source<TElem, NotUsed> Unfold<TState, TElem>(
        TState state, Func<TState, Option<(TState, TElem)>> unfold) =>
        UnfoldAsync(state, current => Task.FromResult(unfold(current)));

    public static Source<TElem, NotUsed> UnfoldAsync<TState, TElem>(
        TState state, Func<TState, Task<Option<(TState, TElem)>>> unfoldAsync) =>
        Of(_ => Sources.Unfold(state, unfoldAsync));

    /// <summary>Ticks until the materialized value is cancelled.</summary>
    public static Source<T, ICancelable> Tick<T>(TimeSpan initialDelay, TimeSpan interval, T tick)
    {
        if (interval <= TimeSpan.Zero)
        {
            throw new ArgumentException($"interval is {interval}; it must be above zero", nameof(interval));
        }
        return new Source<T, ICancelable>(scope =>
        {
            var stopped = new Cancelable(scope.Materializer.System.Scheduler.Advanced);
            return (Stages.Tick(scope, initialDelay, interval, tick, stopped.Token), stopped);
        });
    }

    /// <summary>Emits what the materialized promise is given, and nothing for the default value.</summary>
    public static Source<T, TaskCompletionSource<T>> Maybe<T>() => new(_ =>
    {
        var promise = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Sources.Maybe(promise), promise);
    });

    /// <summary>A queue whose offers tell what became of them.</summary>
    public static Source<T, ISourceQueueWithComplete<T>> Queue<T>(int bufferSize, OverflowStrategy overflowStrategy)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bufferSize);
        return new Source<T, ISourceQueueWithComplete<T>>(scope =>
        {
            var queue = new OfferQueue<T>(scope, bufferSize, overflowStrategy, maxWaiting: 1);
            return (queue.Drain(), queue);
        });
    }

    /// <summary>Emits what an actor is sent, until it is sent <see cref="Status.Success"/> or
    /// <see cref="Status.Failure"/>, or is stopped.</summary>
    public static Source<T, IActorRef> ActorRef<T>(int bufferSize, OverflowStrategy overflowStrategy)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bufferSize);
        if (overflowStrategy == OverflowStrategy.Backpressure)
        {
            throw new NotSupportedException("Backpressure overflow strategy is not supported");
        }
        return new Source<T, IActorRef>(scope =>
        {
            var queue = new OfferQueue<T>(scope, bufferSize, overflowStrategy);
            return (queue.Drain(), scope.Materializer.StartActor(Props.Create(() => new ActorSource<T>(queue))));
        });
    }

    public static Source<T, TMat> FromGraph<T, TMat>(IGraph<SourceShape<T>, TMat> source) =>
        source as Source<T, TMat> ?? new Source<T, TMat>(source.Open);

    internal static Source<T, NotUsed> Of<T>(Func<Scope, IAsyncEnumerable<T>> open) =>
        new(scope => (open(scope), NotUsed.Instance));
}

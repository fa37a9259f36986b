using System.Collections.Immutable;

namespace Akka.Streams.Dsl;

/// <summary>A blueprint with one open inlet.</summary>
public sealed class Sink<TIn, TMat> : IGraph<SinkShape<TIn>, TMat>, ISinkBlueprint<TIn>
{
    private readonly Func<Scope, IAsyncEnumerable<TIn>, TMat> _open;

    internal Sink(Func<Scope, IAsyncEnumerable<TIn>, TMat> open) => _open = open;

    public Sink<TIn2, TMat> ContraMap<TIn2>(Func<TIn2, TIn> function) =>
        Flow.Create<TIn2>().Select(function).ToMaterialized(this, Keep.Right);

    public Sink<TIn, TMat2> MapMaterializedValue<TMat2>(Func<TMat, TMat2> fn) =>
        new((scope, upstream) => fn(_open(scope, upstream)));

    public Sink<TIn, TMat> WithAttributes(Attributes attributes) =>
        new((scope, upstream) => _open(scope.With(attributes), upstream));

    public Sink<TIn, TMat> AddAttributes(Attributes attributes) => WithAttributes(attributes);
    public Sink<TIn, TMat> Named(string name) => WithAttributes(Attributes.CreateName(name));

    public TMat2 RunWith<TMat2>(IGraph<SourceShape<TIn>, TMat2> source, IMaterializer materializer) =>
        Source.FromGraph(source).To(this).Run(materializer);

    object? ISinkBlueprint<TIn>.Open(Scope scope, IAsyncEnumerable<TIn> upstream) => _open(scope, upstream);
}

/// <summary>Makes sinks.</summary>
public static class Sink
{
    public static Sink<TIn, Task<Done>> Ignore<TIn>() => ForEach<TIn>(static _ => { });

    public static Sink<TIn, Task<Done>> ForEach<TIn>(Action<TIn> action) =>
        Fold<TIn, Done, Done>(Done.Instance, (done, element) =>
        {
            action(element);
            return done;
        }, static done => done);

    public static Sink<TIn, Task<Done>> ForEachAsync<TIn>(int parallelism, Func<TIn, Task> action) =>
        Flow.Create<TIn>().SelectAsync(parallelism, async element =>
        {
            await action(element);
            return Done.Instance;
        }).ToMaterialized(Ignore<Done>(), Keep.Right);

    public static Sink<TIn, Task<IImmutableList<TIn>>> Seq<TIn>() =>
        Fold<TIn, ImmutableList<TIn>.Builder?, IImmutableList<TIn>>(null, static (all, element) =>
        {
            all ??= ImmutableList.CreateBuilder<TIn>();
            all.Add(element);
            return all;
        }, static all => all?.ToImmutable() ?? []);

    public static Sink<TIn, Task<TOut>> Aggregate<TIn, TOut>(TOut zero, Func<TOut, TIn, TOut> aggregate) =>
        Flow.Create<TIn>().Aggregate(zero, aggregate).ToMaterialized(First<TOut>(), Keep.Right);

    public static Sink<TIn, Task<TIn>> Sum<TIn>(Func<TIn, TIn, TIn> reduce) => Fold<TIn, Option<TIn>, TIn>(
        Option<TIn>.None,
        (sum, element) => sum.HasValue ? reduce(sum.Value, element) : element,
        static sum => sum.HasValue ? sum.Value : throw new NoSuchElementException("sum over empty stream"));

    public static Sink<TIn, Task<TIn>> First<TIn>() =>
        Consume<TIn, TIn>((upstream, token) => Sinks.First(upstream, orDefault: false, token));
    public static Sink<TIn, Task<TIn>> FirstOrDefault<TIn>() =>
        Consume<TIn, TIn>((upstream, token) => Sinks.First(upstream, orDefault: true, token));

    public static Sink<TIn, Task<TIn>> Last<TIn>() => Fold<TIn, Option<TIn>, TIn>(
        Option<TIn>.None,
        static (_, element) => element,
        static last => last.HasValue ? last.Value : throw new NoSuchElementException("last of empty stream"));

    public static Sink<TIn, Task<TIn>> LastOrDefault<TIn>() =>
        Fold<TIn, TIn, TIn>(default!, static (_, element) => element, static last => last);

    public static Sink<TIn, NotUsed> Cancelled<TIn>() => Detached<TIn>(static (_, upstream, _) =>
    {
        upstream.Cancel();
        return Task.FromResult(Done.Instance);
    });

    /// <summary>Calls one of the two when the stream has ended.</summary>
    public static Sink<TIn, NotUsed> OnComplete<TIn>(Action success, Action<Exception> failure) =>
        Detached<TIn>((scope, upstream, token) => upstream.Feed(
            static (_, _) => ValueTask.FromResult(true),
            ended =>
            {
                if (scope.Cause(ended) is { } cause) failure(cause);
                else success();
            },
            token));

    public static Sink<TIn, ISinkQueue<TIn>> Queue<TIn>() => new((scope, upstream) =>
        new SinkQueue<TIn>(scope.Queue(upstream, scope.InputBuffer, OverflowStrategy.Backpressure)));

    /// <summary>Sends each element to an actor, which cannot hold the stream back, and cancels when it stops.</summary>
    public static Sink<TIn, NotUsed> ActorRef<TIn>(
        IActorRef actorRef, object onCompleteMessage, Func<Exception, object> onFailureMessage) =>
        Detached<TIn>((scope, upstream, token) => Sinks.ToActor(
            scope, upstream, actorRef, onCompleteMessage, onFailureMessage, (message, _) =>
            {
                if (message is not null) actorRef.Tell(message, ActorRefs.NoSender);
                return Task.CompletedTask;
            }, token));

    [Obsolete("Use the overload with a message for completion and one for failure")]
    public static Sink<TIn, NotUsed> ActorRef<TIn>(IActorRef actorRef, object onCompleteMessage) =>
        ActorRef<TIn>(actorRef, onCompleteMessage, static cause => new Status.Failure(cause));

    /// <summary>Sends each element to an actor once it has acknowledged the one before.</summary>
    public static Sink<TIn, NotUsed> ActorRefWithAck<TIn>(
        IActorRef actorRef, object onInitMessage, object ackMessage, object onCompleteMessage,
        Func<Exception, object>? onFailureMessage = null) => Detached<TIn>((scope, upstream, token) => Sinks.ToActor(
            scope, upstream, actorRef, onCompleteMessage,
            onFailureMessage ?? (static cause => new Status.Failure(cause)),
            (message, stopped) => Sinks.Acknowledged(actorRef, message ?? onInitMessage, ackMessage, stopped), token));

    public static Sink<TIn, TMat> FromGraph<TIn, TMat>(IGraph<SinkShape<TIn>, TMat> graph) =>
        graph as Sink<TIn, TMat> ?? new Sink<TIn, TMat>(graph.Open);

    internal static Sink<TIn, Task<TOut>> Consume<TIn, TOut>(
        Func<IAsyncEnumerable<TIn>, CancellationToken, Task<TOut>> consume) =>
        new((scope, upstream) => scope.Run(token => consume(upstream, token)));

    internal static Sink<TIn, NotUsed> Detached<TIn>(
        Func<Scope, IAsyncEnumerable<TIn>, CancellationToken, Task<Done>> consume) => new((scope, upstream) =>
        {
            scope.RunDetached(token => consume(scope, upstream, token));
            return NotUsed.Instance;
        });

    private static Sink<TIn, Task<TOut>> Fold<TIn, TState, TOut>(
        TState zero, Func<TState, TIn, TState> fold, Func<TState, TOut> finish) =>
        Consume<TIn, TOut>(async (upstream, token) =>
        {
            var state = zero;
            await foreach (var element in upstream.WithCancellation(token)) state = fold(state, element);
            return finish(state);
        });
}

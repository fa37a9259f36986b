namespace Akka.Streams.Dsl;

/// <summary>A blueprint with one open outlet.</summary>
public sealed class Source<TOut, TMat> : IGraph<SourceShape<TOut>, TMat>, ISourceBlueprint<TOut>
{
    private readonly Func<Scope, (IAsyncEnumerable<TOut> Stream, TMat Value)> _open;

    internal Source(Func<Scope, (IAsyncEnumerable<TOut> Stream, TMat Value)> open) => _open = open;

    public Source<TOut2, TMat> Via<TOut2, TMat2>(IGraph<FlowShape<TOut, TOut2>, TMat2> flow) =>
        ViaMaterialized(flow, Keep.Left);

    public Source<TOut2, TMat3> ViaMaterialized<TOut2, TMat2, TMat3>(
        IGraph<FlowShape<TOut, TOut2>, TMat2> flow, Func<TMat, TMat2, TMat3> combine) => new(scope =>
        {
            var (upstream, left) = _open(scope);
            var (stream, right) = flow.Open(scope, upstream);
            return (stream, combine(left, right));
        });

    public IRunnableGraph<TMat> To<TMat2>(IGraph<SinkShape<TOut>, TMat2> sink) => ToMaterialized(sink, Keep.Left);

    public IRunnableGraph<TMat3> ToMaterialized<TMat2, TMat3>(
        IGraph<SinkShape<TOut>, TMat2> sink, Func<TMat, TMat2, TMat3> combine) =>
        new RunnableGraph<TMat3>(scope =>
        {
            var (stream, left) = _open(scope);
            return combine(left, sink.Open(scope, stream));
        });

    public Source<TOut, TMat2> MapMaterializedValue<TMat2>(Func<TMat, TMat2> mapFunc) =>
        ViaMaterialized(Flow.Create<TOut>(), (value, _) => mapFunc(value));

    public Source<TOut, TMat> WithAttributes(Attributes attributes) => new(scope => _open(scope.With(attributes)));
    public Source<TOut, TMat> AddAttributes(Attributes attributes) => WithAttributes(attributes);
    public Source<TOut, TMat> Named(string name) => WithAttributes(Attributes.CreateName(name));

    /// <summary>Runs what is upstream of here by itself, ahead of what is downstream by a bounded buffer.</summary>
    public Source<TOut, TMat> Async() => Through(Operators.Async<TOut>());

    public TMat2 RunWith<TMat2>(IGraph<SinkShape<TOut>, TMat2> sink, IMaterializer materializer) =>
        ToMaterialized(sink, Keep.Right).Run(materializer);

    public Task<Done> RunForeach(Action<TOut> action, IMaterializer materializer) =>
        RunWith(Sink.ForEach(action), materializer);

    public Task<TOut2> RunAggregate<TOut2>(
        TOut2 zero, Func<TOut2, TOut, TOut2> aggregate, IMaterializer materializer) =>
        RunWith(Sink.Aggregate(zero, aggregate), materializer);

    public Task<TOut> RunSum(Func<TOut, TOut, TOut> reduce, IMaterializer materializer) =>
        RunWith(Sink.Sum(reduce), materializer);

    /// <summary>Each enumeration runs the stream anew; leaving the enumeration cancels it.</summary>
    public IAsyncEnumerable<TOut> RunAsAsyncEnumerable(IMaterializer materializer) =>
        RunAsAsyncEnumerableBuffer(materializer);

    public IAsyncEnumerable<TOut> RunAsAsyncEnumerableBuffer(
        IMaterializer materializer, int minBuffer = 4, int maxBuffer = 16) => Enumerate(materializer, maxBuffer);

    /// <summary>Materializes the source at once; what it emits waits for the returned source to be run.</summary>
    public (TMat, Source<TOut, NotUsed>) PreMaterialize(IMaterializer materializer) =>
        ToMaterialized(new Sink<TOut, Source<TOut, NotUsed>>((_, upstream) => Source.Of(_ => upstream)), Keep.Both)
            .Run(materializer);

    IAsyncEnumerable<TOut> ISourceBlueprint<TOut>.Open(Scope scope, out object? value)
    {
        (var stream, value) = _open(scope);
        return stream;
    }

    internal Source<TOut2, TMat> Through<TOut2>(Stage<TOut, TOut2> stage) => Via(Flow.Of(stage));

    private async IAsyncEnumerable<TOut> Enumerate(
        IMaterializer materializer, int buffer, [EnumeratorCancellation] CancellationToken token = default)
    {
        var queue = RunWith(new Sink<TOut, OfferQueue<TOut>>((scope, upstream) =>
            scope.Queue(upstream, buffer, OverflowStrategy.Backpressure)), materializer);
        await foreach (var element in queue.Drain(token).ConfigureAwait(false)) yield return element;
    }
}

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
    public static Source<T, NotUsed> Never<T>() => FromTask(new TaskCompletionSource<T>().Task);
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

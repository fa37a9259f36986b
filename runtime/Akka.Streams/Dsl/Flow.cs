namespace Akka.Streams.Dsl;

/// <summary>A blueprint with an open inlet and an open outlet.</summary>
public sealed class Flow<TIn, TOut, TMat> : IGraph<FlowShape<TIn, TOut>, TMat>, IFlowBlueprint<TIn, TOut>
{
    private readonly Func<Scope, IAsyncEnumerable<TIn>, (IAsyncEnumerable<TOut> Stream, TMat Value)> _open;

    internal Flow(Func<Scope, IAsyncEnumerable<TIn>, (IAsyncEnumerable<TOut> Stream, TMat Value)> open) =>
        _open = open;

    public Flow<TIn, TOut2, TMat> Via<TOut2, TMat2>(IGraph<FlowShape<TOut, TOut2>, TMat2> flow) =>
        ViaMaterialized(flow, Keep.Left);

    public Flow<TIn, TOut2, TMat3> ViaMaterialized<TOut2, TMat2, TMat3>(
        IGraph<FlowShape<TOut, TOut2>, TMat2> flow, Func<TMat, TMat2, TMat3> combine) => new((scope, upstream) =>
        {
            var (here, left) = _open(scope, upstream);
            var (stream, right) = flow.Open(scope, here);
            return (stream, combine(left, right));
        });

    public Sink<TIn, TMat> To<TMat2>(IGraph<SinkShape<TOut>, TMat2> sink) => ToMaterialized(sink, Keep.Left);

    public Sink<TIn, TMat3> ToMaterialized<TMat2, TMat3>(
        IGraph<SinkShape<TOut>, TMat2> sink, Func<TMat, TMat2, TMat3> combine) => new((scope, upstream) =>
        {
            var (stream, left) = _open(scope, upstream);
            return combine(left, sink.Open(scope, stream));
        });

    public Flow<TIn, TOut, TMat2> MapMaterializedValue<TMat2>(Func<TMat, TMat2> mapFunc) => new((scope, upstream) =>
    {
        var (stream, value) = _open(scope, upstream);
        return (stream, mapFunc(value));
    });

    public Flow<TIn, TOut, TMat> WithAttributes(Attributes attributes) =>
        new((scope, upstream) => _open(scope.With(attributes), upstream));

    public Flow<TIn, TOut, TMat> AddAttributes(Attributes attributes) => WithAttributes(attributes);

    public Flow<TIn, TOut, TMat> Named(string name) => WithAttributes(Attributes.CreateName(name));

    /// <summary>Runs what is upstream of here by itself, ahead of what is downstream by a bounded buffer.</summary>
    public Flow<TIn, TOut, TMat> Async() => Through(Operators.Async<TOut>());

    public (TMat1, TMat2) RunWith<TMat1, TMat2>(
        IGraph<SourceShape<TIn>, TMat1> source, IGraph<SinkShape<TOut>, TMat2> sink, IMaterializer materializer) =>
        new RunnableGraph<(TMat1, TMat2)>(scope =>
        {
            var (upstream, left) = source.Open(scope);
            var (stream, _) = _open(scope, upstream);
            return (left, sink.Open(scope, stream));
        }).Run(materializer);

    IAsyncEnumerable<TOut> IFlowBlueprint<TIn, TOut>.Open(
        Scope scope, IAsyncEnumerable<TIn> upstream, out object? value)
    {
        (var stream, value) = _open(scope, upstream);
        return stream;
    }

    internal Flow<TIn, TOut2, TMat> Through<TOut2>(Stage<TOut, TOut2> stage) => new((scope, upstream) =>
    {
        var (here, value) = _open(scope, upstream);
        return (stage(scope, here), value);
    });
}

/// <summary>Makes flows.</summary>
public static class Flow
{
    public static Flow<T, T, NotUsed> Create<T>() => new((_, upstream) => (upstream, NotUsed.Instance));

    public static Flow<TIn, TOut, NotUsed> FromFunction<TIn, TOut>(Func<TIn, TOut> function) =>
        Create<TIn>().Select(function);

    public static Flow<TIn, TOut, TMat> FromGraph<TIn, TOut, TMat>(IGraph<FlowShape<TIn, TOut>, TMat> graph) =>
        graph as Flow<TIn, TOut, TMat> ?? new Flow<TIn, TOut, TMat>(graph.Open);

    public static Flow<TIn, TOut, NotUsed> FromSinkAndSource<TIn, TOut, TMat1, TMat2>(
        IGraph<SinkShape<TIn>, TMat1> sink, IGraph<SourceShape<TOut>, TMat2> source) =>
        FromSinkAndSource(sink, source, Keep.None);

    public static Flow<TIn, TOut, TMat> FromSinkAndSource<TIn, TOut, TMat1, TMat2, TMat>(
        IGraph<SinkShape<TIn>, TMat1> sink,
        IGraph<SourceShape<TOut>, TMat2> source,
        Func<TMat1, TMat2, TMat> combine) => new((scope, upstream) =>
        {
            var left = sink.Open(scope, upstream);
            var (stream, right) = source.Open(scope);
            return (stream, combine(left, right));
        });
}

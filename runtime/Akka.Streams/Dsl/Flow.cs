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

    public Flow<TIn, TOut, TMat2> MapMaterializedValue<TMat2>(Func<TMat, TMat2> mapFunc) =>
        ViaMaterialized(Flow.Create<TOut>(), (value, _) => mapFunc(value));

    public Flow<TIn, TOut, TMat> WithAttributes(Attributes attributes) =>
        new((scope, upstream) => _open(scope.With(attributes), upstream));

    public Flow<TIn, TOut, TMat> AddAttributes(Attributes attributes) => WithAttributes(attributes);
    public Flow<TIn, TOut, TMat> Named(string name) => WithAttributes(Attributes.CreateName(name));

    /// <summary>Runs what is upstream of here by itself, ahead of what is downstream by a bounded buffer.</summary>
    public Flow<TIn, TOut, TMat> Async() => Through(Operators.Async<TOut>());

    public (TMat1, TMat2) RunWith<TMat1, TMat2>(
        IGraph<SourceShape<TIn>, TMat1> source, IGraph<SinkShape<TOut>, TMat2> sink, IMaterializer materializer) =>
        Source.FromGraph(source).Via(this).ToMaterialized(sink, Keep.Both).Run(materializer);

    IAsyncEnumerable<TOut> IFlowBlueprint<TIn, TOut>.Open(
        Scope scope, IAsyncEnumerable<TIn> upstream, out object? value)
    {
        (var stream, value) = _open(scope, upstream);
        return stream;
    }

    internal Flow<TIn, TOut2, TMat> Through<TOut2>(Stage<TOut, TOut2> stage) => Via(Flow.Of(stage));
}

/// <summary>Makes flows.</summary>
public static class Flow
{
    public static Flow<T, T, NotUsed> Create<T>() => Of<T, T>(static (_, upstream) => upstream);

    public static Flow<TIn, TOut, NotUsed> FromFunction<TIn, TOut>(Func<TIn, TOut> function) =>
        Create<TIn>().Select(function);

    public static Flow<TIn, TOut, TMat> FromGraph<TIn, TOut, TMat>(IGraph<FlowShape<TIn, TOut>, TMat> graph) =>
        graph as Flow<TIn, TOut, TMat> ?? new Flow<TIn, TOut, TMat>(graph.Open);

    internal static Flow<TIn, TOut, NotUsed> Of<TIn, TOut>(Stage<TIn, TOut> stage) =>
        new((scope, upstream) => (stage(scope, upstream), NotUsed.Instance));
}

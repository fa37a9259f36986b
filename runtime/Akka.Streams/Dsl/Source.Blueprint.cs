using Akka.Streams.Implementation;

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

    public Source<TOut, TMat2> MapMaterializedValue<TMat2>(Func<TMat, TMat2> mapFunc) => new(scope =>
    {
        var (stream, value) = _open(scope);
        return (stream, mapFunc(value));
    });

    public Source<TOut, TMat> WithAttributes(Attributes attributes) => new(scope => _open(scope.With(attributes)));

    public Source<TOut, TMat> AddAttributes(Attributes attributes) => WithAttributes(attributes);

    public Source<TOut, TMat> Named(string name) => WithAttributes(Attributes.CreateName(name));

    /// <summary>Runs what is upstream of here by itself, ahead of what is downstream by a bounded buffer.</summary>
    public Source<TOut, TMat> Async() => Through(Stages.Detach<TOut>());

    public TMat2 RunWith<TMat2>(IGraph<SinkShape<TOut>, TMat2> sink, IMaterializer materializer) =>
        ToMaterialized(sink, Keep.Right).Run(materializer);

    public Task RunForeach(Action<TOut> action, IMaterializer materializer) =>
        RunWith(Sink.ForEach(action), materializer);

    public Task<TOut2> RunAggregate<TOut2>(
        TOut2 zero, Func<TOut2, TOut, TOut2> aggregate, IMaterializer materializer) =>
        RunWith(Sink.Aggregate(zero, aggregate), materializer);

    public Task<TOut2> RunAggregateAsync<TOut2>(
        TOut2 zero, Func<TOut2, TOut, Task<TOut2>> aggregate, IMaterializer materializer) =>
        RunWith(Sink.AggregateAsync(zero, aggregate), materializer);

    public Task<TOut> RunSum(Func<TOut, TOut, TOut> reduce, IMaterializer materializer) =>
        RunWith(Sink.Sum(reduce), materializer);

    /// <summary>Each enumeration runs the stream anew; leaving the enumeration cancels it.</summary>
    public IAsyncEnumerable<TOut> RunAsAsyncEnumerable(IMaterializer materializer) =>
        RunAsAsyncEnumerableBuffer(materializer);

    public IAsyncEnumerable<TOut> RunAsAsyncEnumerableBuffer(
        IMaterializer materializer, int minBuffer = 4, int maxBuffer = 16) =>
        Outside.Enumerate(this, materializer, maxBuffer);

    /// <summary>Materializes the source at once; what it emits waits for the returned source to be run.</summary>
    public (TMat, Source<TOut, NotUsed>) PreMaterialize(IMaterializer materializer) =>
        ToMaterialized(Outside.Publisher<TOut>(), Keep.Both).Run(materializer);

    IAsyncEnumerable<TOut> ISourceBlueprint<TOut>.Open(Scope scope, out object? value)
    {
        var (stream, mat) = _open(scope);
        value = mat;
        return stream;
    }

    internal Source<TOut2, TMat> Through<TOut2>(Stage<TOut, TOut2> stage) => new(scope =>
    {
        var (upstream, value) = _open(scope);
        return (stage(scope, upstream), value);
    });
}

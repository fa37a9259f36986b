using Akka.Streams.Implementation;

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
        new RunnableGraph<TMat2>(scope =>
        {
            var (stream, value) = source.Open(scope);
            _open(scope, stream);
            return value;
        }).Run(materializer);

    object? ISinkBlueprint<TIn>.Open(Scope scope, IAsyncEnumerable<TIn> upstream) => _open(scope, upstream);
}

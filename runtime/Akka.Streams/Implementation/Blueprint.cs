namespace Akka.Streams.Implementation;

/// <summary>Anything with an outlet: opened once for each materialization.</summary>
internal interface ISourceBlueprint<out TOut>
{
    IAsyncEnumerable<TOut> Open(Scope scope, out object? value);
}

/// <summary>Anything with an inlet and an outlet.</summary>
internal interface IFlowBlueprint<in TIn, out TOut>
{
    IAsyncEnumerable<TOut> Open(Scope scope, IAsyncEnumerable<TIn> upstream, out object? value);
}

/// <summary>Anything with an inlet: starts to consume when opened.</summary>
internal interface ISinkBlueprint<in TIn>
{
    object? Open(Scope scope, IAsyncEnumerable<TIn> upstream);
}

/// <summary>A graph that can run.</summary>
internal interface IRunnableBlueprint<out TMat>
{
    TMat Run(Scope scope);
}

/// <summary>Opens graphs known by their shape alone.</summary>
internal static class Blueprint
{
    public static (IAsyncEnumerable<TOut> Stream, TMat Value) Open<TOut, TMat>(
        this IGraph<SourceShape<TOut>, TMat> graph, Scope scope)
    {
        var stream = As<ISourceBlueprint<TOut>>(graph).Open(scope, out var value);
        return (stream, (TMat)value!);
    }

    public static (IAsyncEnumerable<TOut> Stream, TMat Value) Open<TIn, TOut, TMat>(
        this IGraph<FlowShape<TIn, TOut>, TMat> graph, Scope scope, IAsyncEnumerable<TIn> upstream)
    {
        var stream = As<IFlowBlueprint<TIn, TOut>>(graph).Open(scope, upstream, out var value);
        return (stream, (TMat)value!);
    }

    public static TMat Open<TIn, TMat>(
        this IGraph<SinkShape<TIn>, TMat> graph, Scope scope, IAsyncEnumerable<TIn> upstream) =>
        (TMat)As<ISinkBlueprint<TIn>>(graph).Open(scope, upstream)!;

    public static IRunnableBlueprint<TMat> Of<TMat>(IGraph<ClosedShape, TMat> graph) =>
        As<IRunnableBlueprint<TMat>>(graph);

    private static TBlueprint As<TBlueprint>(object graph) where TBlueprint : class =>
        graph as TBlueprint ?? throw new NotSupportedException($"Custom graphs such as {graph.GetType()}");
}

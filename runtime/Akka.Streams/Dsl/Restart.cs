namespace Akka.Streams.Dsl;

/// <summary>A source that is started again, after a delay that grows, when it has ended.</summary>
public static class RestartSource
{
    /// <summary>Restarts on failure and on completion.</summary>
    public static Source<T, NotUsed> WithBackoff<T, TMat>(
        Func<Source<T, TMat>> sourceFactory, RestartSettings settings) =>
        Create(sourceFactory, settings, static _ => false);

    /// <summary>Restarts on failure; completion completes.</summary>
    public static Source<T, NotUsed> OnFailuresWithBackoff<T, TMat>(
        Func<Source<T, TMat>> sourceFactory, RestartSettings settings) =>
        Create(sourceFactory, settings, static failure => failure is null);

    private static Source<T, NotUsed> Create<T, TMat>(
        Func<Source<T, TMat>> factory, RestartSettings settings, Func<Exception?, bool> isFinal) => Source.Of(
            scope => new Restarting(scope, settings).Run(() => factory().Open(scope).Stream, isFinal));
}

/// <summary>A flow that is started again, after a delay that grows, when it has ended before its upstream.</summary>
public static class RestartFlow
{
    /// <summary>Restarts on failure and on completion.</summary>
    public static Flow<TIn, TOut, NotUsed> WithBackoff<TIn, TOut, TMat>(
        Func<Flow<TIn, TOut, TMat>> flowFactory, RestartSettings settings) =>
        Create(flowFactory, settings, static _ => false);

    /// <summary>Restarts on failure; completion completes.</summary>
    public static Flow<TIn, TOut, NotUsed> OnFailuresWithBackoff<TIn, TOut, TMat>(
        Func<Flow<TIn, TOut, TMat>> flowFactory, RestartSettings settings) =>
        Create(flowFactory, settings, static failure => failure is null);

    private static Flow<TIn, TOut, NotUsed> Create<TIn, TOut, TMat>(
        Func<Flow<TIn, TOut, TMat>> factory, RestartSettings settings, Func<Exception?, bool> isFinal) =>
        Flow.Of<TIn, TOut>((scope, upstream) => new Restarting(scope, settings).Run(
            upstream, lent => factory().Open(scope, lent).Stream, isFinal));
}

/// <summary>A sink that is started again, after a delay that grows, when it has cancelled.</summary>
public static class RestartSink
{
    public static Sink<T, NotUsed> WithBackoff<T, TMat>(Func<Sink<T, TMat>> sinkFactory, RestartSettings settings) =>
        Sink.Detached<T>((scope, upstream, token) => new Restarting(scope, settings).Run(
            upstream, lent => sinkFactory().Open(scope, lent), token));
}

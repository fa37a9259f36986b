using Akka.Streams.Implementation;

namespace Akka.Streams.Dsl;

/// <summary>A source that is started again, after a delay that grows, when it has ended.</summary>
public static class RestartSource
{
    /// <summary>Restarts on failure and on completion.</summary>
    public static Source<T, NotUsed> WithBackoff<T, TMat>(
        Func<Source<T, TMat>> sourceFactory, RestartSettings settings) => Create(sourceFactory, settings, false);

    /// <summary>Restarts on failure; completion completes.</summary>
    public static Source<T, NotUsed> OnFailuresWithBackoff<T, TMat>(
        Func<Source<T, TMat>> sourceFactory, RestartSettings settings) => Create(sourceFactory, settings, true);

    private static Source<T, NotUsed> Create<T, TMat>(
        Func<Source<T, TMat>> factory, RestartSettings settings, bool onlyOnFailures) => Source.Of(scope =>
        Restarting.Source(scope, () => factory().Open(scope).Stream, settings, onlyOnFailures));
}

/// <summary>A flow that is started again, after a delay that grows, when it has ended before its upstream.</summary>
public static class RestartFlow
{
    /// <summary>Restarts on failure and on completion.</summary>
    public static Flow<TIn, TOut, NotUsed> WithBackoff<TIn, TOut, TMat>(
        Func<Flow<TIn, TOut, TMat>> flowFactory, RestartSettings settings) => Create(flowFactory, settings, false);

    /// <summary>Restarts on failure; completion completes.</summary>
    public static Flow<TIn, TOut, NotUsed> OnFailuresWithBackoff<TIn, TOut, TMat>(
        Func<Flow<TIn, TOut, TMat>> flowFactory, RestartSettings settings) => Create(flowFactory, settings, true);

    private static Flow<TIn, TOut, NotUsed> Create<TIn, TOut, TMat>(
        Func<Flow<TIn, TOut, TMat>> factory, RestartSettings settings, bool onlyOnFailures) =>
        Flow.Create<TIn>().Through<TOut>((scope, upstream) => Restarting.Flow(
            scope, upstream, lent => factory().Open(scope, lent).Stream, settings, onlyOnFailures));
}

/// <summary>A sink that is started again, after a delay that grows, when it has cancelled.</summary>
public static class RestartSink
{
    public static Sink<T, NotUsed> WithBackoff<T, TMat>(
        Func<Sink<T, TMat>> sinkFactory, RestartSettings settings) =>
        Sink.Detached<T>((scope, upstream, token) => Restarting.Sink<T>(
            scope, upstream, lent => sinkFactory().Open(scope, lent), settings, token));
}

using Akka.Streams.Implementation;
using Akka.Util;

namespace Akka.Streams.Dsl;

/// <content>How streams follow one another, and how they end.</content>
public static partial class FlowOperations
{
    public static Flow<TIn, T, TMat> Concat<TIn, T, TMat>(
        this Flow<TIn, T, TMat> flow, IGraph<SourceShape<T>, TMat> other) =>
        flow.Through((scope, upstream) => Stages.Concat(upstream, other.Open(scope).Stream));

    public static Flow<TIn, T, TMat> Prepend<TIn, T, TMat>(
        this Flow<TIn, T, TMat> flow, IGraph<SourceShape<T>, TMat> that) =>
        flow.Through((scope, upstream) => Stages.Concat(that.Open(scope).Stream, upstream));

    public static Flow<TIn, TOut, TMat> ConcatMany<TIn, T, TOut, TMat>(
        this Flow<TIn, T, TMat> flow, Func<T, IGraph<SourceShape<TOut>, TMat>> flatten) =>
        flow.Through((scope, upstream) => Stages.ConcatMany(upstream, element => flatten(element).Open(scope).Stream));

    /// <summary>Replaces a failure by a last element.</summary>
    public static Flow<TIn, T, TMat> Recover<TIn, T, TMat>(
        this Flow<TIn, T, TMat> flow, Func<Exception, Option<T>> partialFunc) =>
        flow.Through(Operators.Recover(partialFunc));

    /// <summary>Replaces a failure by another stream; negative attempts: without limit.</summary>
    public static Flow<TIn, T, TMat> RecoverWithRetries<TIn, T, TMat>(
        this Flow<TIn, T, TMat> flow, Func<Exception, IGraph<SourceShape<T>, TMat>?> partialFunc, int attempts = -1) =>
        flow.Through((scope, upstream) => Stages.Recover(
            upstream, failure => partialFunc(failure)?.Open(scope).Stream, attempts));

    public static Flow<TIn, T, TMat> SelectError<TIn, T, TMat>(
        this Flow<TIn, T, TMat> flow, Func<Exception, Exception> selector) =>
        flow.Through(Operators.SelectError<T>(selector));

    /// <summary>Gives a task that ends as the stream does: completed also when the downstream leaves.</summary>
    public static Flow<TIn, T, TMat2> WatchTermination<TIn, T, TMat, TMat2>(
        this Flow<TIn, T, TMat> flow, Func<TMat, Task<Done>, TMat2> materializerFunction) =>
        flow.ViaMaterialized(Operators.WatchTermination<T>(), materializerFunction);
}

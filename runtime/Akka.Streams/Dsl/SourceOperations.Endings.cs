using Akka.Streams.Implementation;
using Akka.Util;

namespace Akka.Streams.Dsl;

/// <content>How streams follow one another, and how they end.</content>
public static partial class SourceOperations
{
    public static Source<T, TMat> Concat<T, TMat>(this Source<T, TMat> flow, IGraph<SourceShape<T>, TMat> other) =>
        flow.Through((scope, upstream) => Stages.Concat(upstream, other.Open(scope).Stream));

    public static Source<T, TMat> Prepend<T, TMat>(this Source<T, TMat> flow, IGraph<SourceShape<T>, TMat> that) =>
        flow.Through((scope, upstream) => Stages.Concat(that.Open(scope).Stream, upstream));

    public static Source<TOut, TMat> ConcatMany<T, TOut, TMat>(
        this Source<T, TMat> flow, Func<T, IGraph<SourceShape<TOut>, TMat>> flatten) =>
        flow.Through((scope, upstream) => Stages.ConcatMany(upstream, element => flatten(element).Open(scope).Stream));

    /// <summary>Replaces a failure by a last element.</summary>
    public static Source<T, TMat> Recover<T, TMat>(this Source<T, TMat> flow, Func<Exception, Option<T>> partialFunc) =>
        flow.Through(Operators.Recover(partialFunc));

    /// <summary>Replaces a failure by another stream; negative attempts: without limit.</summary>
    public static Source<T, TMat> RecoverWithRetries<T, TMat>(
        this Source<T, TMat> flow, Func<Exception, IGraph<SourceShape<T>, TMat>?> partialFunc, int attempts = -1) =>
        flow.Through((scope, upstream) => Stages.Recover(
            upstream, failure => partialFunc(failure)?.Open(scope).Stream, attempts));

    public static Source<T, TMat> SelectError<T, TMat>(
        this Source<T, TMat> flow, Func<Exception, Exception> selector) =>
        flow.Through(Operators.SelectError<T>(selector));

    /// <summary>Gives a task that ends as the stream does: completed also when the downstream leaves.</summary>
    public static Source<T, TMat2> WatchTermination<T, TMat, TMat2>(
        this Source<T, TMat> flow, Func<TMat, Task<Done>, TMat2> materializerFunction) =>
        flow.ViaMaterialized(Operators.WatchTermination<T>(), materializerFunction);
}

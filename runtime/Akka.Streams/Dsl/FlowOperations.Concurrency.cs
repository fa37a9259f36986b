using Akka.Streams.Implementation;

namespace Akka.Streams.Dsl;

/// <content>Reading ahead, several upstreams, several tasks.</content>
public static partial class FlowOperations
{
    public static Flow<TIn, TOut, TMat> SelectAsync<TIn, T, TOut, TMat>(
        this Flow<TIn, T, TMat> flow, int parallelism, Func<T, Task<TOut>> asyncMapper) =>
        flow.Through(Operators.SelectAsync(parallelism, asyncMapper));

    public static Flow<TIn, TOut, TMat> SelectAsyncUnordered<TIn, T, TOut, TMat>(
        this Flow<TIn, T, TMat> flow, int parallelism, Func<T, Task<TOut>> asyncMapper) =>
        flow.Through(Operators.SelectAsyncUnordered(parallelism, asyncMapper));

    public static Flow<TIn, T, TMat> Buffer<TIn, T, TMat>(
        this Flow<TIn, T, TMat> flow, int size, OverflowStrategy strategy) =>
        flow.Through(Operators.Buffer<T>(size, strategy));

    public static Flow<TIn, TOut, TMat> Batch<TIn, T, TOut, TMat>(
        this Flow<TIn, T, TMat> flow, long max, Func<T, TOut> seed, Func<TOut, T, TOut> aggregate) =>
        flow.Through(Operators.Batch(max, static _ => 1L, seed, aggregate));

    public static Flow<TIn, TOut, TMat> BatchWeighted<TIn, T, TOut, TMat>(
        this Flow<TIn, T, TMat> flow, long max, Func<T, long> costFunction, Func<T, TOut> seed,
        Func<TOut, T, TOut> aggregate) =>
        flow.Through(Operators.Batch(max, costFunction, seed, aggregate));

    public static Flow<TIn, T, TMat> Conflate<TIn, T, TMat>(this Flow<TIn, T, TMat> flow, Func<T, T, T> aggregate) =>
        flow.Through(Operators.Batch<T, T>(long.MaxValue, static _ => 0L, static first => first, aggregate));

    public static Flow<TIn, TOut, TMat> ConflateWithSeed<TIn, T, TOut, TMat>(
        this Flow<TIn, T, TMat> flow, Func<T, TOut> seed, Func<TOut, T, TOut> aggregate) =>
        flow.Through(Operators.Batch(long.MaxValue, static _ => 0L, seed, aggregate));

    public static Flow<TIn, T, TMat> Merge<TIn, T, TMat>(
        this Flow<TIn, T, TMat> flow, IGraph<SourceShape<T>, TMat> other, bool eagerComplete = false) =>
        flow.Through((scope, upstream) => Stages.Merge(
            scope, [upstream, other.Open(scope).Stream], eagerComplete));

    /// <summary>Runs up to <paramref name="breadth"/> streams at a time and merges them.</summary>
    public static Flow<TIn, TOut, TMat> MergeMany<TIn, T, TOut, TMat>(
        this Flow<TIn, T, TMat> flow, int breadth, Func<T, IGraph<SourceShape<TOut>, TMat>> flatten) =>
        flow.Through((scope, upstream) => Stages.MergeMany(
            scope, upstream, Operators.Positive(breadth), element => flatten(element).Open(scope).Stream));

    public static Flow<TIn, T, TMat> AlsoTo<TIn, T, TMat>(
        this Flow<TIn, T, TMat> flow, IGraph<SinkShape<T>, TMat> that) =>
        flow.Through(Operators.AlsoTo(that));
}

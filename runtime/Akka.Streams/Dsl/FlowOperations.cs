namespace Akka.Streams.Dsl;

/// <summary>The operators of a flow: what each emits, given what its upstream emits.</summary>
public static class FlowOperations
{
    extension<TIn, T, TMat>(Flow<TIn, T, TMat> flow)
    {
        // One element after the other.
        public Flow<TIn, TOut, TMat> Select<TOut>(Func<T, TOut> mapper) => flow.Through(Operators.Select(mapper));
        public Flow<TIn, T, TMat> Where(Predicate<T> predicate) => flow.Through(Operators.Where(predicate));
        public Flow<TIn, T, TMat> WhereNot(Predicate<T> predicate) => flow.Where(element => !predicate(element));
        public Flow<TIn, TOut, TMat> Collect<TOut>(Func<T, bool> isDefined, Func<T, TOut> collector) =>
            flow.Through(Operators.Collect(isDefined, collector));
        public Flow<TIn, TOut, TMat> SelectMany<TOut>(Func<T, IEnumerable<TOut>> mapConcater) =>
            flow.StatefulSelectMany(() => mapConcater);

        /// <summary>Makes a mapper of its own for each materialization.</summary>
        public Flow<TIn, TOut, TMat> StatefulSelectMany<TOut>(Func<Func<T, IEnumerable<TOut>>> mapConcaterFactory) =>
            flow.Through(Operators.SelectMany(mapConcaterFactory));
        public Flow<TIn, IEnumerable<T>, TMat> Grouped(int n) => flow.GroupedWithin(n, Timeout.InfiniteTimeSpan);
        public Flow<TIn, TOut, TMat> Scan<TOut>(TOut zero, Func<TOut, T, TOut> scan) =>
            flow.Through((scope, upstream) => Stages.Scan(scope, upstream, zero, scan));
        public Flow<TIn, TOut, TMat> Aggregate<TOut>(TOut zero, Func<TOut, T, TOut> fold) =>
            flow.Through((scope, upstream) => Stages.Aggregate(scope, upstream, zero, fold));
        public Flow<TIn, T, TMat> Take(long n) => flow.Through((_, upstream) => Stages.Take(upstream, n));
        public Flow<TIn, T, TMat> TakeWhile(Predicate<T> predicate, bool inclusive = false) =>
            flow.Through((scope, upstream) => Stages.TakeWhile(scope, upstream, predicate, inclusive));
        public Flow<TIn, T, TMat> Skip(long n) => flow.Through(Operators.Skip<T>(n));
        public Flow<TIn, T, TMat> SkipWhile(Predicate<T> predicate) => flow.Through(Operators.SkipWhile(predicate));

        /// <summary>Fails when more elements come.</summary>
        public Flow<TIn, T, TMat> Limit(long max) => flow.Through((_, upstream) => Stages.Limit(upstream, max));
        public Flow<TIn, T, TMat> Intersperse(T inject) => flow.Through(Operators.Intersperse(inject));

        // Reading ahead, several upstreams, several tasks.
        public Flow<TIn, TOut, TMat> SelectAsync<TOut>(int parallelism, Func<T, Task<TOut>> asyncMapper) =>
            flow.Through(Operators.SelectAsync(parallelism, asyncMapper));
        public Flow<TIn, TOut, TMat> SelectAsyncUnordered<TOut>(int parallelism, Func<T, Task<TOut>> asyncMapper) =>
            flow.Through(Operators.SelectAsyncUnordered(parallelism, asyncMapper));
        public Flow<TIn, T, TMat> Buffer(int size, OverflowStrategy strategy) =>
            flow.Through(Operators.Buffer<T>(size, strategy));
        public Flow<TIn, TOut, TMat> Batch<TOut>(long max, Func<T, TOut> seed, Func<TOut, T, TOut> aggregate) =>
            flow.BatchWeighted(max, static _ => 1L, seed, aggregate);
        public Flow<TIn, TOut, TMat> BatchWeighted<TOut>(
            long max, Func<T, long> costFunction, Func<T, TOut> seed, Func<TOut, T, TOut> aggregate) =>
            flow.Through(Operators.Batch(max, costFunction, seed, aggregate));
        public Flow<TIn, T, TMat> Conflate(Func<T, T, T> aggregate) =>
            flow.ConflateWithSeed(static first => first, aggregate);
        public Flow<TIn, TOut, TMat> ConflateWithSeed<TOut>(Func<T, TOut> seed, Func<TOut, T, TOut> aggregate) =>
            flow.BatchWeighted(long.MaxValue, static _ => 0L, seed, aggregate);
        public Flow<TIn, T, TMat> Merge(IGraph<SourceShape<T>, TMat> other, bool eagerComplete = false) =>
            flow.Through(Operators.Merge(other, eagerComplete));

        /// <summary>Runs up to <paramref name="breadth"/> streams at a time and merges them.</summary>
        public Flow<TIn, TOut, TMat> MergeMany<TOut>(int breadth, Func<T, IGraph<SourceShape<TOut>, TMat>> flatten) =>
            flow.Through(Operators.MergeMany(breadth, flatten));
        public Flow<TIn, T, TMat> AlsoTo(IGraph<SinkShape<T>, TMat> that) => flow.Through(Operators.AlsoTo(that));

        // How streams follow one another, and how they end.
        public Flow<TIn, T, TMat> Concat(IGraph<SourceShape<T>, TMat> other) =>
            flow.Through((scope, upstream) => Stages.Concat(upstream, other.Open(scope).Stream));
        public Flow<TIn, T, TMat> Prepend(IGraph<SourceShape<T>, TMat> that) =>
            flow.Through((scope, upstream) => Stages.Concat(that.Open(scope).Stream, upstream));
        public Flow<TIn, TOut, TMat> ConcatMany<TOut>(Func<T, IGraph<SourceShape<TOut>, TMat>> flatten) =>
            flow.Through((scope, upstream) => Stages.ConcatMany(upstream, each => flatten(each).Open(scope).Stream));

        /// <summary>Replaces a failure by a last element.</summary>
        public Flow<TIn, T, TMat> Recover(Func<Exception, Option<T>> partialFunc) =>
            flow.Through(Operators.Recover(partialFunc));

        /// <summary>Replaces a failure by another stream; negative attempts: without limit.</summary>
        public Flow<TIn, T, TMat> RecoverWithRetries(
            Func<Exception, IGraph<SourceShape<T>, TMat>?> partialFunc, int attempts = -1) =>
            flow.Through(Operators.RecoverWithRetries(partialFunc, attempts));
        public Flow<TIn, T, TMat> SelectError(Func<Exception, Exception> selector) =>
            flow.Through(Operators.SelectError<T>(selector));

        /// <summary>Gives a task that ends as the stream does: completed also when the downstream leaves.</summary>
        public Flow<TIn, T, TMat2> WatchTermination<TMat2>(Func<TMat, Task<Done>, TMat2> materializerFunction) =>
            flow.ViaMaterialized(Operators.WatchTermination<T>(), materializerFunction);

        // What looks at the clock of the system's scheduler.
        public Flow<TIn, IEnumerable<T>, TMat> GroupedWithin(int n, TimeSpan timeout) =>
            flow.Through(Operators.Grouped<T>(n, timeout));
        public Flow<TIn, T, TMat> KeepAlive(TimeSpan timeout, Func<T> injectElement) =>
            flow.Through((scope, upstream) => Stages.KeepAlive(scope, upstream, timeout, injectElement));
        public Flow<TIn, T, TMat> Throttle(int elements, TimeSpan per, int maximumBurst, ThrottleMode mode) =>
            flow.Throttle(elements, per, maximumBurst, static _ => 1, mode);
        public Flow<TIn, T, TMat> Throttle(
            int cost, TimeSpan per, int maximumBurst, Func<T, int> calculateCost, ThrottleMode mode) =>
            flow.Through(Operators.Throttle(cost, per, maximumBurst, calculateCost, mode));
        public Flow<TIn, T, TMat> InitialDelay(TimeSpan delay) =>
            flow.Through((scope, upstream) => Stages.InitialDelay(scope, upstream, delay));
        public Flow<TIn, T, TMat> TakeWithin(TimeSpan duration) => flow.Through(Operators.TakeWithin<T>(duration));
        public Flow<TIn, T, TMat> InitialTimeout(TimeSpan timeout) =>
            flow.Through(Operators.InitialTimeout<T>(timeout));
        public Flow<TIn, T, TMat> CompletionTimeout(TimeSpan timeout) =>
            flow.Through(Operators.CompletionTimeout<T>(timeout));
        public Flow<TIn, T, TMat> IdleTimeout(TimeSpan timeout) => flow.Through(Operators.IdleTimeout<T>(timeout));
    }
}

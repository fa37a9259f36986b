namespace Akka.Streams.Implementation;

/// <summary>The steps that the operators of sources and of flows share.</summary>
internal static class Operators
{
    public static Stage<TIn, TOut> Select<TIn, TOut>(Func<TIn, TOut> mapper) =>
        Choose((TIn element, out TOut result) =>
        {
            result = mapper(element);
            return true;
        });

    public static Stage<T, T> Where<T>(Predicate<T> predicate) =>
        Choose((T element, out T result) => predicate(result = element));

    public static Stage<TIn, TOut> Collect<TIn, TOut>(Func<TIn, bool> isDefined, Func<TIn, TOut> collector) =>
        Choose((TIn element, out TOut result) =>
        {
            var defined = isDefined(element);
            result = defined ? collector(element) : default!;
            return defined;
        });

    public static Stage<TIn, TOut> SelectMany<TIn, TOut>(Func<Func<TIn, IEnumerable<TOut>>> mapperFactory) =>
        (scope, upstream) => Stages.Flatten(Select(mapperFactory())(scope, upstream));

    public static Stage<T, T> Skip<T>(long count) => (scope, upstream) =>
    {
        var left = count;
        return Where<T>(_ => --left < 0)(scope, upstream);
    };

    public static Stage<T, T> SkipWhile<T>(Predicate<T> predicate) => (scope, upstream) =>
    {
        var skipping = true;
        return Where<T>(element => !(skipping && (skipping = predicate(element))))(scope, upstream);
    };

    public static Stage<T, T> Intersperse<T>(T inject) => SelectMany<T, T>(() =>
    {
        var first = true;
        return element =>
        {
            if (!first) return [inject, element];
            first = false;
            return [element];
        };
    });

    public static Stage<T, IEnumerable<T>> Grouped<T>(int size, TimeSpan time) => IfPositive<T, IEnumerable<T>>(
        size, (scope, upstream) => Stages.Grouped(scope, upstream, size, time));

    public static Stage<T, T> Recover<T>(Func<Exception, Option<T>> partial) => Recover(
        failure => partial(failure) is { HasValue: true } last ? Stages.Of([last.Value]) : null, attempts: 1);

    public static Stage<T, T> SelectError<T>(Func<Exception, Exception> selector) =>
        Recover(failure => Stages.Failed<T>(selector(failure)), attempts: 1);

    public static Stage<T, T> RecoverWithRetries<T, TMat>(
        Func<Exception, IGraph<SourceShape<T>, TMat>?> partial, int attempts) => (scope, upstream) =>
        Recover(failure => partial(failure)?.Open(scope).Stream, attempts)(scope, upstream);

    public static Flow<T, T, Task<Done>> WatchTermination<T>() => new((scope, upstream) =>
    {
        var end = new TaskCompletionSource<Done>(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Stages.WatchTermination(scope, upstream, end), end.Task);
    });

    public static Stage<TIn, TOut> SelectAsync<TIn, TOut>(int parallelism, Func<TIn, Task<TOut>> mapper) =>
        IfPositive<TIn, TOut>(
            parallelism, (scope, upstream) => Stages.SelectAsync(scope, upstream, parallelism, mapper));

    public static Stage<TIn, TOut> SelectAsyncUnordered<TIn, TOut>(int parallelism, Func<TIn, Task<TOut>> mapper) =>
        IfPositive<TIn, TOut>(parallelism, (scope, upstream) => Stages.MergeMany(
            scope, upstream, parallelism, element => Stages.Result(Stages.Map(scope, element, mapper))));

    public static Stage<T, T> Buffer<T>(int size, OverflowStrategy overflow) =>
        IfPositive<T, T>(size, (scope, upstream) => Stages.Buffer(scope, upstream, size, overflow));

    /// <summary>Runs what is upstream by itself, ahead of what is downstream by a bounded buffer.</summary>
    public static Stage<T, T> Async<T>() =>
        static (scope, upstream) => Buffer<T>(scope.InputBuffer, OverflowStrategy.Backpressure)(scope, upstream);

    public static Stage<TIn, TOut> Batch<TIn, TOut>(
        long max, Func<TIn, long> cost, Func<TIn, TOut> seed, Func<TOut, TIn, TOut> aggregate) =>
        IfPositive<TIn, TOut>(max, (scope, upstream) => Stages.Batch(scope, upstream, max, cost, seed, aggregate));

    public static Stage<T, T> Merge<T, TMat>(IGraph<SourceShape<T>, TMat> other, bool eagerComplete) =>
        (scope, upstream) => Stages.Merge(scope, [upstream, other.Open(scope).Stream], eagerComplete);

    public static Stage<TIn, TOut> MergeMany<TIn, TOut, TMat>(
        int breadth, Func<TIn, IGraph<SourceShape<TOut>, TMat>> flatten) =>
        IfPositive<TIn, TOut>(breadth, (scope, upstream) => Stages.MergeMany(
            scope, upstream, breadth, element => flatten(element).Open(scope).Stream));

    public static Stage<T, T> AlsoTo<T, TMat>(IGraph<SinkShape<T>, TMat> that) => (scope, upstream) =>
    {
        var side = new OfferQueue<T>(scope, 1, OverflowStrategy.Backpressure);
        that.Open(scope, side.Drain());
        return Stages.AlsoTo(upstream, side);
    };

    public static Stage<T, T> Throttle<T>(int elements, TimeSpan per, int burst, Func<T, int> cost, ThrottleMode mode)
    {
        if (per <= TimeSpan.Zero) throw new ArgumentException($"per is {per}; it must be above zero", nameof(per));
        if (mode == ThrottleMode.Enforcing) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(burst);
        return IfPositive<T, T>(elements, (scope, upstream) =>
            Stages.Throttle(scope, upstream, new TokenBucket(burst, per / elements), cost, mode));
    }

    public static Stage<T, T> TakeWithin<T>(TimeSpan time) => Within<T>(time, Limited.WholeStream, null);

    public static Stage<T, T> InitialTimeout<T>(TimeSpan time) =>
        Within<T>(time, Limited.FirstElement, $"The first element has not yet passed through in {time}.");

    public static Stage<T, T> CompletionTimeout<T>(TimeSpan time) =>
        Within<T>(time, Limited.WholeStream, $"The stream has not been completed in {time}.");

    public static Stage<T, T> IdleTimeout<T>(TimeSpan time) =>
        Within<T>(time, Limited.EachElement, $"No elements passed in the last {time}.");

    private static Stage<T, T> Within<T>(TimeSpan time, Limited what, string? failure) =>
        (scope, upstream) => Stages.Within(scope, upstream, time, what, failure);

    private static Stage<TIn, TOut> Choose<TIn, TOut>(Chooser<TIn, TOut> chooser) =>
        (scope, upstream) => Stages.Choose(scope, upstream, chooser);

    /// <summary>Goes on with another stream after a failure, so many times; negative: always.</summary>
    private static Stage<T, T> Recover<T>(Func<Exception, IAsyncEnumerable<T>?> replacement, int attempts) =>
        (_, upstream) =>
        {
            var left = attempts;
            return Stages.Continue(
                upstream, failure => failure is not null && left-- != 0 ? replacement(failure) : null);
        };

    private static Stage<TIn, TOut> IfPositive<TIn, TOut>(long number, Stage<TIn, TOut> stage)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(number);
        return stage;
    }
}

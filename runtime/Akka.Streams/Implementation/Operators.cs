using Akka.Event;
using Akka.Streams.Dsl;
using Akka.Util;

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

    public static Stage<T, T> Skip<T>(long count) => PerRun<T, T>(() =>
    {
        var left = count;
        return (T element, out T result) =>
        {
            result = element;
            return --left < 0;
        };
    });

    public static Stage<T, T> SkipWhile<T>(Predicate<T> predicate) => PerRun<T, T>(() =>
    {
        var skipping = true;
        return (T element, out T result) =>
        {
            result = element;
            return !(skipping && (skipping = predicate(element)));
        };
    });

    public static Stage<T, (T, long)> ZipWithIndex<T>() => PerRun<T, (T, long)>(() =>
    {
        var index = 0L;
        return (T element, out (T, long) result) =>
        {
            result = (element, index++);
            return true;
        };
    });

    public static Stage<T, T> Intersperse<T>(T inject) => (scope, upstream) =>
    {
        var first = true;
        return Stages.SelectMany(scope, upstream, element =>
        {
            if (!first) return [inject, element];
            first = false;
            return new[] { element };
        });
    };

    public static Stage<T, IEnumerable<T>> Grouped<T>(int size)
    {
        Positive(size);
        return (_, upstream) => Stages.Grouped(upstream, size);
    }

    public static Stage<T, T> Log<T>(
        string name, Func<T, object>? extract, ILoggingAdapter? log, LogLevel level) => (scope, upstream) =>
        {
            var to = log ?? Logging.GetLogger(scope.Materializer.System, "Akka.Streams.Log");
            return Stages.Log(
                upstream,
                element => to.Log(level, "[{0}] Element: {1}", name, extract is null ? element : extract(element)),
                failure =>
                {
                    if (failure is null) to.Log(level, "[{0}] Upstream finished.", name);
                    else to.Error(failure, "[{0}] Upstream failed.", name);
                });
        };

    public static Stage<T, T> Recover<T>(Func<Exception, Option<T>> partial) => (_, upstream) =>
        Stages.Recover(
            upstream, failure => partial(failure) is { HasValue: true } last ? Stages.Of([last.Value]) : null, 1);

    public static Stage<T, T> SelectError<T>(Func<Exception, Exception> selector) => (_, upstream) =>
        Stages.Recover(upstream, failure => Stages.Failed<T>(selector(failure)), 1);

    public static Flow<T, T, Task<Done>> WatchTermination<T>() => new((scope, upstream) =>
    {
        var end = new TaskCompletionSource<Done>(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Stages.WatchTermination(scope, upstream, end), end.Task);
    });

    public static Stage<TIn, TOut> SelectAsync<TIn, TOut>(int parallelism, Func<TIn, Task<TOut>> mapper)
    {
        Positive(parallelism);
        return (scope, upstream) => Stages.SelectAsync(scope, upstream, parallelism, mapper);
    }

    public static Stage<TIn, TOut> SelectAsyncUnordered<TIn, TOut>(int parallelism, Func<TIn, Task<TOut>> mapper)
    {
        Positive(parallelism);
        return (scope, upstream) => Stages.SelectAsyncUnordered(scope, upstream, parallelism, mapper);
    }

    public static Stage<T, T> Buffer<T>(int size, OverflowStrategy overflow)
    {
        Positive(size);
        return (scope, upstream) => Stages.Buffer(scope, upstream, size, overflow);
    }

    public static Stage<TIn, TOut> Batch<TIn, TOut>(
        long max, Func<TIn, long> cost, Func<TIn, TOut> seed, Func<TOut, TIn, TOut> aggregate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        return (scope, upstream) => Stages.Batch(scope, upstream, max, cost, seed, aggregate);
    }

    public static Stage<T, T> AlsoTo<T, TMat>(IGraph<SinkShape<T>, TMat> that) => (scope, upstream) =>
    {
        var side = new OfferQueue<T>(scope, 1, OverflowStrategy.Backpressure);
        that.Open(scope, side.Drain());
        return Stages.AlsoTo(upstream, side);
    };

    public static Stage<T, T> Throttle<T>(
        int elements, TimeSpan per, int burst, Func<T, int> cost, ThrottleMode mode)
    {
        Positive(elements);
        if (per <= TimeSpan.Zero) throw new ArgumentException($"per is {per}; it must be above zero", nameof(per));
        if (mode == ThrottleMode.Enforcing) Positive(burst);
        return (scope, upstream) =>
            Stages.Throttle(scope, upstream, new TokenBucket(burst, per / elements), cost, mode);
    }

    public static Stage<T, T> Timeout<T>(TimeSpan time, Limited what, string failure) =>
        (scope, upstream) => Stages.Within(scope, upstream, time, what, failure);

    public static int Positive(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(number);
        return number;
    }

    private static Stage<TIn, TOut> Choose<TIn, TOut>(Chooser<TIn, TOut> chooser) =>
        (scope, upstream) => Stages.Choose(scope, upstream, chooser);

    /// <summary>A chooser with state, new for each materialization.</summary>
    private static Stage<TIn, TOut> PerRun<TIn, TOut>(Func<Chooser<TIn, TOut>> chooser) =>
        (scope, upstream) => Stages.Choose(scope, upstream, chooser());
}

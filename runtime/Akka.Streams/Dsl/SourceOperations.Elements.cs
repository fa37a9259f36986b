using Akka.Event;
using Akka.Streams.Implementation;

namespace Akka.Streams.Dsl;

/// <summary>The operators of a source: what each emits, given what its upstream emits.</summary>
public static partial class SourceOperations
{
    public static Source<TOut, TMat> Select<T, TOut, TMat>(this Source<T, TMat> flow, Func<T, TOut> mapper) =>
        flow.Through(Operators.Select(mapper));

    public static Source<T, TMat> Where<T, TMat>(this Source<T, TMat> flow, Predicate<T> predicate) =>
        flow.Through(Operators.Where(predicate));

    public static Source<T, TMat> WhereNot<T, TMat>(this Source<T, TMat> flow, Predicate<T> predicate) =>
        flow.Through(Operators.Where<T>(element => !predicate(element)));

    public static Source<TOut, TMat> Collect<T, TOut, TMat>(
        this Source<T, TMat> flow, Func<T, bool> isDefined, Func<T, TOut> collector) =>
        flow.Through(Operators.Collect(isDefined, collector));

    public static Source<TOut, TMat> SelectMany<T, TOut, TMat>(
        this Source<T, TMat> flow, Func<T, IEnumerable<TOut>> mapConcater) =>
        flow.Through((scope, upstream) => Stages.SelectMany(scope, upstream, mapConcater));

    /// <summary>Makes a mapper of its own for each materialization.</summary>
    public static Source<TOut, TMat> StatefulSelectMany<T, TOut, TMat>(
        this Source<T, TMat> flow, Func<Func<T, IEnumerable<TOut>>> mapConcaterFactory) =>
        flow.Through((scope, upstream) => Stages.SelectMany(scope, upstream, mapConcaterFactory()));

    public static Source<IEnumerable<T>, TMat> Grouped<T, TMat>(this Source<T, TMat> flow, int n) =>
        flow.Through(Operators.Grouped<T>(n));

    public static Source<TOut, TMat> Scan<T, TOut, TMat>(
        this Source<T, TMat> flow, TOut zero, Func<TOut, T, TOut> scan) =>
        flow.Through((scope, upstream) => Stages.Scan(scope, upstream, zero, scan));

    public static Source<TOut, TMat> Aggregate<T, TOut, TMat>(
        this Source<T, TMat> flow, TOut zero, Func<TOut, T, TOut> fold) =>
        flow.Through((scope, upstream) => Stages.Aggregate(scope, upstream, zero, fold));

    public static Source<T, TMat> Take<T, TMat>(this Source<T, TMat> flow, long n) =>
        flow.Through((_, upstream) => Stages.Take(upstream, n));

    public static Source<T, TMat> TakeWhile<T, TMat>(
        this Source<T, TMat> flow, Predicate<T> predicate, bool inclusive = false) =>
        flow.Through((scope, upstream) => Stages.TakeWhile(scope, upstream, predicate, inclusive));

    public static Source<T, TMat> Skip<T, TMat>(this Source<T, TMat> flow, long n) =>
        flow.Through(Operators.Skip<T>(n));

    public static Source<T, TMat> SkipWhile<T, TMat>(this Source<T, TMat> flow, Predicate<T> predicate) =>
        flow.Through(Operators.SkipWhile(predicate));

    /// <summary>Fails when more elements come.</summary>
    public static Source<T, TMat> Limit<T, TMat>(this Source<T, TMat> flow, long max) =>
        flow.Through((_, upstream) => Stages.Limit(upstream, max));

    public static Source<T, TMat> Intersperse<T, TMat>(this Source<T, TMat> flow, T inject) =>
        flow.Through(Operators.Intersperse(inject));

    public static Source<(T, long), TMat> ZipWithIndex<T, TMat>(this Source<T, TMat> flow) =>
        flow.Through(Operators.ZipWithIndex<T>());

    /// <summary>Logs each element, completion and failure.</summary>
    public static Source<T, TMat> Log<T, TMat>(
        this Source<T, TMat> flow, string name, Func<T, object>? extract = null, ILoggingAdapter? log = null,
        LogLevel logLevel = LogLevel.DebugLevel) =>
        flow.Through(Operators.Log(name, extract, log, logLevel));
}

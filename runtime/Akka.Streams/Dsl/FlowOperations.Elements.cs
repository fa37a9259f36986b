using Akka.Event;
using Akka.Streams.Implementation;

namespace Akka.Streams.Dsl;

/// <summary>The operators of a flow: what each emits, given what its upstream emits.</summary>
public static partial class FlowOperations
{
    public static Flow<TIn, TOut, TMat> Select<TIn, T, TOut, TMat>(
        this Flow<TIn, T, TMat> flow, Func<T, TOut> mapper) =>
        flow.Through(Operators.Select(mapper));

    public static Flow<TIn, T, TMat> Where<TIn, T, TMat>(this Flow<TIn, T, TMat> flow, Predicate<T> predicate) =>
        flow.Through(Operators.Where(predicate));

    public static Flow<TIn, T, TMat> WhereNot<TIn, T, TMat>(this Flow<TIn, T, TMat> flow, Predicate<T> predicate) =>
        flow.Through(Operators.Where<T>(element => !predicate(element)));

    public static Flow<TIn, TOut, TMat> Collect<TIn, T, TOut, TMat>(
        this Flow<TIn, T, TMat> flow, Func<T, bool> isDefined, Func<T, TOut> collector) =>
        flow.Through(Operators.Collect(isDefined, collector));

    public static Flow<TIn, TOut, TMat> SelectMany<TIn, T, TOut, TMat>(
        this Flow<TIn, T, TMat> flow, Func<T, IEnumerable<TOut>> mapConcater) =>
        flow.Through((scope, upstream) => Stages.SelectMany(scope, upstream, mapConcater));

    /// <summary>Makes a mapper of its own for each materialization.</summary>
    public static Flow<TIn, TOut, TMat> StatefulSelectMany<TIn, T, TOut, TMat>(
        this Flow<TIn, T, TMat> flow, Func<Func<T, IEnumerable<TOut>>> mapConcaterFactory) =>
        flow.Through((scope, upstream) => Stages.SelectMany(scope, upstream, mapConcaterFactory()));

    public static Flow<TIn, IEnumerable<T>, TMat> Grouped<TIn, T, TMat>(this Flow<TIn, T, TMat> flow, int n) =>
        flow.Through(Operators.Grouped<T>(n));

    public static Flow<TIn, TOut, TMat> Scan<TIn, T, TOut, TMat>(
        this Flow<TIn, T, TMat> flow, TOut zero, Func<TOut, T, TOut> scan) =>
        flow.Through((scope, upstream) => Stages.Scan(scope, upstream, zero, scan));

    public static Flow<TIn, TOut, TMat> Aggregate<TIn, T, TOut, TMat>(
        this Flow<TIn, T, TMat> flow, TOut zero, Func<TOut, T, TOut> fold) =>
        flow.Through((scope, upstream) => Stages.Aggregate(scope, upstream, zero, fold));

    public static Flow<TIn, T, TMat> Take<TIn, T, TMat>(this Flow<TIn, T, TMat> flow, long n) =>
        flow.Through((_, upstream) => Stages.Take(upstream, n));

    public static Flow<TIn, T, TMat> TakeWhile<TIn, T, TMat>(
        this Flow<TIn, T, TMat> flow, Predicate<T> predicate, bool inclusive = false) =>
        flow.Through((scope, upstream) => Stages.TakeWhile(scope, upstream, predicate, inclusive));

    public static Flow<TIn, T, TMat> Skip<TIn, T, TMat>(this Flow<TIn, T, TMat> flow, long n) =>
        flow.Through(Operators.Skip<T>(n));

    public static Flow<TIn, T, TMat> SkipWhile<TIn, T, TMat>(this Flow<TIn, T, TMat> flow, Predicate<T> predicate) =>
        flow.Through(Operators.SkipWhile(predicate));

    /// <summary>Fails when more elements come.</summary>
    public static Flow<TIn, T, TMat> Limit<TIn, T, TMat>(this Flow<TIn, T, TMat> flow, long max) =>
        flow.Through((_, upstream) => Stages.Limit(upstream, max));

    public static Flow<TIn, T, TMat> Intersperse<TIn, T, TMat>(this Flow<TIn, T, TMat> flow, T inject) =>
        flow.Through(Operators.Intersperse(inject));

    public static Flow<TIn, (T, long), TMat> ZipWithIndex<TIn, T, TMat>(this Flow<TIn, T, TMat> flow) =>
        flow.Through(Operators.ZipWithIndex<T>());

    /// <summary>Logs each element, completion and failure.</summary>
    public static Flow<TIn, T, TMat> Log<TIn, T, TMat>(
        this Flow<TIn, T, TMat> flow, string name, Func<T, object>? extract = null, ILoggingAdapter? log = null,
        LogLevel logLevel = LogLevel.DebugLevel) =>
        flow.Through(Operators.Log(name, extract, log, logLevel));
}

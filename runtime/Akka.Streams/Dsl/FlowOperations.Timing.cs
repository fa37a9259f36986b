using Akka.Streams.Implementation;

namespace Akka.Streams.Dsl;

/// <content>What looks at the clock of the system's scheduler.</content>
public static partial class FlowOperations
{
    public static Flow<TIn, IEnumerable<T>, TMat> GroupedWithin<TIn, T, TMat>(
        this Flow<TIn, T, TMat> flow, int n, TimeSpan timeout) =>
        flow.Through((scope, upstream) => Stages.GroupedWithin(scope, upstream, Operators.Positive(n), timeout));

    public static Flow<TIn, T, TMat> KeepAlive<TIn, T, TMat>(
        this Flow<TIn, T, TMat> flow, TimeSpan timeout, Func<T> injectElement) =>
        flow.Through((scope, upstream) => Stages.KeepAlive(scope, upstream, timeout, injectElement));

    public static Flow<TIn, T, TMat> Throttle<TIn, T, TMat>(
        this Flow<TIn, T, TMat> flow, int elements, TimeSpan per, int maximumBurst, ThrottleMode mode) =>
        flow.Through(Operators.Throttle<T>(elements, per, maximumBurst, static _ => 1, mode));

    public static Flow<TIn, T, TMat> Throttle<TIn, T, TMat>(
        this Flow<TIn, T, TMat> flow, int cost, TimeSpan per, int maximumBurst, Func<T, int> calculateCost,
        ThrottleMode mode) =>
        flow.Through(Operators.Throttle(cost, per, maximumBurst, calculateCost, mode));

    public static Flow<TIn, T, TMat> TakeWithin<TIn, T, TMat>(this Flow<TIn, T, TMat> flow, TimeSpan duration) =>
        flow.Through((scope, upstream) => Stages.Within(scope, upstream, duration, Limited.WholeStream, null));

    public static Flow<TIn, T, TMat> InitialDelay<TIn, T, TMat>(this Flow<TIn, T, TMat> flow, TimeSpan delay) =>
        flow.Through((scope, upstream) => Stages.InitialDelay(scope, upstream, delay));

    public static Flow<TIn, T, TMat> InitialTimeout<TIn, T, TMat>(this Flow<TIn, T, TMat> flow, TimeSpan timeout) =>
        flow.Through(Operators.Timeout<T>(
            timeout, Limited.FirstElement, $"The first element has not yet passed through in {timeout}."));

    public static Flow<TIn, T, TMat> CompletionTimeout<TIn, T, TMat>(this Flow<TIn, T, TMat> flow, TimeSpan timeout) =>
        flow.Through(Operators.Timeout<T>(
            timeout, Limited.WholeStream, $"The stream has not been completed in {timeout}."));

    public static Flow<TIn, T, TMat> IdleTimeout<TIn, T, TMat>(this Flow<TIn, T, TMat> flow, TimeSpan timeout) =>
        flow.Through(Operators.Timeout<T>(timeout, Limited.EachElement, $"No elements passed in the last {timeout}."));
}

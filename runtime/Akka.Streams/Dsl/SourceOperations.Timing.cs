using Akka.Streams.Implementation;

namespace Akka.Streams.Dsl;

/// <content>What looks at the clock of the system's scheduler.</content>
public static partial class SourceOperations
{
    public static Source<IEnumerable<T>, TMat> GroupedWithin<T, TMat>(
        this Source<T, TMat> flow, int n, TimeSpan timeout) =>
        flow.Through((scope, upstream) => Stages.GroupedWithin(scope, upstream, Operators.Positive(n), timeout));

    public static Source<T, TMat> KeepAlive<T, TMat>(
        this Source<T, TMat> flow, TimeSpan timeout, Func<T> injectElement) =>
        flow.Through((scope, upstream) => Stages.KeepAlive(scope, upstream, timeout, injectElement));

    public static Source<T, TMat> Throttle<T, TMat>(
        this Source<T, TMat> flow, int elements, TimeSpan per, int maximumBurst, ThrottleMode mode) =>
        flow.Through(Operators.Throttle<T>(elements, per, maximumBurst, static _ => 1, mode));

    public static Source<T, TMat> Throttle<T, TMat>(
        this Source<T, TMat> flow, int cost, TimeSpan per, int maximumBurst, Func<T, int> calculateCost,
        ThrottleMode mode) =>
        flow.Through(Operators.Throttle(cost, per, maximumBurst, calculateCost, mode));

    public static Source<T, TMat> TakeWithin<T, TMat>(this Source<T, TMat> flow, TimeSpan duration) =>
        flow.Through((scope, upstream) => Stages.Within(scope, upstream, duration, Limited.WholeStream, null));

    public static Source<T, TMat> InitialDelay<T, TMat>(this Source<T, TMat> flow, TimeSpan delay) =>
        flow.Through((scope, upstream) => Stages.InitialDelay(scope, upstream, delay));

    public static Source<T, TMat> InitialTimeout<T, TMat>(this Source<T, TMat> flow, TimeSpan timeout) =>
        flow.Through(Operators.Timeout<T>(
            timeout, Limited.FirstElement, $"The first element has not yet passed through in {timeout}."));

    public static Source<T, TMat> CompletionTimeout<T, TMat>(this Source<T, TMat> flow, TimeSpan timeout) =>
        flow.Through(Operators.Timeout<T>(
            timeout, Limited.WholeStream, $"The stream has not been completed in {timeout}."));

    public static Source<T, TMat> IdleTimeout<T, TMat>(this Source<T, TMat> flow, TimeSpan timeout) =>
        flow.Through(Operators.Timeout<T>(timeout, Limited.EachElement, $"No elements passed in the last {timeout}."));
}

namespace Akka.Streams.Implementation;

/// <content>The steps that look at the clock.</content>
internal static partial class Stages
{
    /// <summary>Ends the stream when its time is up: with the failure, or completed if there is none.</summary>
    public static async IAsyncEnumerable<T> Within<T>(
        Scope scope, IAsyncEnumerable<T> upstream, TimeSpan time, Limited what, string? failure,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        await using var tap = new Tap<T>(upstream, token);
        var alarm = scope.After(time);
        try
        {
            while (true)
            {
                if (what == Limited.EachElement && !tap.IsReady)
                {
                    alarm.Dispose();
                    alarm = scope.After(time);
                }

                var late = what != Limited.EachElement && alarm.Token.IsCancellationRequested;
                var pulled = late ? Pulled.Interrupted : await tap.Next(alarm.Token);
                if (pulled == Pulled.Interrupted && failure is not null) throw new TimeoutException(failure);
                if (pulled != Pulled.Element) yield break;
                if (what == Limited.FirstElement) alarm.Dispose();
                yield return tap.Current;
            }
        }
        finally
        {
            alarm.Dispose();
        }
    }

    public static async IAsyncEnumerable<T> KeepAlive<T>(
        Scope scope, IAsyncEnumerable<T> upstream, TimeSpan timeout, Func<T> inject,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        await using var tap = new Tap<T>(upstream, token);
        while (true)
        {
            Pulled pulled;
            using (var alarm = tap.IsReady ? null : scope.After(timeout))
            {
                pulled = await tap.Next(alarm?.Token ?? CancellationToken.None);
            }
            if (pulled == Pulled.Completed) yield break;
            yield return pulled == Pulled.Element ? tap.Current : inject();
        }
    }

    public static async IAsyncEnumerable<IEnumerable<T>> Grouped<T>(
        Scope scope, IAsyncEnumerable<T> upstream, int size, TimeSpan time,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        await using var tap = new Tap<T>(upstream, token);
        var group = new List<T>();
        Alarm? alarm = null;
        try
        {
            while (true)
            {
                var pulled = await tap.Next(alarm?.Token ?? CancellationToken.None);
                if (pulled == Pulled.Element)
                {
                    group.Add(tap.Current);
                    if (time != Timeout.InfiniteTimeSpan) alarm ??= scope.After(time);
                    if (group.Count < size) continue;
                }

                alarm?.Dispose();
                alarm = null;
                if (group.Count > 0) yield return group;
                if (pulled == Pulled.Completed) yield break;
                group = [];
            }
        }
        finally
        {
            alarm?.Dispose();
        }
    }

    public static async IAsyncEnumerable<T> InitialDelay<T>(
        Scope scope, IAsyncEnumerable<T> upstream, TimeSpan delay,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        await using var tap = new Tap<T>(upstream, token);
        await scope.Delay(delay, token);
        while (await tap.MoveNext()) yield return tap.Current;
    }

    public static async IAsyncEnumerable<T> Throttle<T>(
        Scope scope, IAsyncEnumerable<T> upstream, TokenBucket bucket, Func<T, int> cost, ThrottleMode mode,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        await foreach (var element in upstream.WithCancellation(token))
        {
            var wait = bucket.Offer(cost(element), scope.Clock);
            if (wait > TimeSpan.Zero)
            {
                if (mode == ThrottleMode.Enforcing) throw new OverflowException("Maximum throughput exceeded.");
                await scope.Delay(wait, token);
            }
            yield return element;
        }
    }

    /// <summary>Ticks at a fixed rate; a tick that nobody is waiting for is dropped.</summary>
    public static async IAsyncEnumerable<T> Tick<T>(
        Scope scope, TimeSpan initialDelay, TimeSpan interval, T tick, CancellationToken stopped,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(token, stopped);
        var due = scope.Clock + initialDelay;
        while (true)
        {
            try
            {
                await scope.Delay(due - scope.Clock, ended.Token);
            }
            catch (OperationCanceledException) when (stopped.IsCancellationRequested && !token.IsCancellationRequested)
            {
                yield break;
            }

            yield return tick;
            if (stopped.IsCancellationRequested) yield break;
            var late = scope.Clock - due;
            due += interval * (1 + Math.Floor(Math.Max(0, late / interval)));
        }
    }
}

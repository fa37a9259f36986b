using System.Runtime.ExceptionServices;

namespace Akka.TestKit;

/// <content>Polling: AwaitCondition and AwaitAssert.</content>
public abstract partial class TestKitBase
{
    public void AwaitCondition(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, null, null, null, cancellationToken);

    public void AwaitCondition(
        Func<bool> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, max, null, null, cancellationToken);
    public void AwaitCondition(
        Func<bool> conditionIsFulfilled, TimeSpan? max, string? message,
        CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, max, null, message, cancellationToken);
    public void AwaitCondition(
        Func<bool> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval, string? message = null,
        CancellationToken cancellationToken = default) =>
        Wait(Poll(
            true, Work.Of(conditionIsFulfilled), RemainingOrDilated(max), interval, message ?? "", cancellationToken));
    public Task AwaitConditionAsync(
        Func<Task<bool>> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, null, null, null, cancellationToken);
    public Task AwaitConditionAsync(
        Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, max, null, null, cancellationToken);
    public Task AwaitConditionAsync(
        Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, string? message,
        CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, max, null, message, cancellationToken);
    public Task AwaitConditionAsync(
        Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval, string? message = null,
        CancellationToken cancellationToken = default) =>
        Poll(false, conditionIsFulfilled, RemainingOrDilated(max), interval, message ?? "", cancellationToken).AsTask();

    public bool AwaitConditionNoThrow(
        Func<bool> conditionIsFulfilled, TimeSpan max, TimeSpan? interval = null,
        CancellationToken cancellationToken = default) =>
        Wait(Poll(true, Work.Of(conditionIsFulfilled), max, interval, null, cancellationToken));
    public Task<bool> AwaitConditionNoThrowAsync(
        Func<Task<bool>> conditionIsFulfilled, TimeSpan max, TimeSpan? interval = null,
        CancellationToken cancellationToken = default) =>
        Poll(false, conditionIsFulfilled, max, interval, null, cancellationToken).AsTask();

    /// <summary>Repeats the assertion until it passes; the last failure is thrown when time is up.</summary>
    public void AwaitAssert(
        Action assertion, TimeSpan? duration = null, TimeSpan? interval = null,
        CancellationToken cancellationToken = default) =>
        Wait(Insist(true, Work.Of(assertion), duration, interval, cancellationToken));
    public Task AwaitAssertAsync(
        Action assertion, TimeSpan? duration = null, TimeSpan? interval = null,
        CancellationToken cancellationToken = default) =>
        Insist(false, Work.Of(assertion), duration, interval, cancellationToken).AsTask();
    public Task AwaitAssertAsync(
        Func<Task> assertion, TimeSpan? duration = null, TimeSpan? interval = null,
        CancellationToken cancellationToken = default) =>
        Insist(false, assertion, duration, interval, cancellationToken).AsTask();

    /// <summary>Fails when time is up, or returns false if there is no text to fail with.</summary>
    private async ValueTask<bool> Poll(
        bool blocking, Func<Task<bool>> condition, TimeSpan max, TimeSpan? interval, string? failure,
        CancellationToken token)
    {
        var stop = Now + max;
        while (true)
        {
            token.ThrowIfCancellationRequested();
            if (await condition().ConfigureAwait(false)) return true;
            var left = stop - Now;
            if (left <= TimeSpan.Zero) break;
            await Pause(blocking, Min(left, interval ?? DefaultPollInterval), token).ConfigureAwait(false);
        }

        if (failure is not null) _assertions.Fail($"Timeout {max} expired while waiting for condition. {failure}");
        return false;
    }

    private async ValueTask<bool> Insist(
        bool blocking, Func<Task> assertion, TimeSpan? duration, TimeSpan? interval, CancellationToken token)
    {
        ExceptionDispatchInfo? failure = null;
        var passed = await Poll(blocking, Passes, RemainingOrDilated(duration), interval, null, token)
            .ConfigureAwait(false);
        if (!passed) failure!.Throw();
        return true;

        async Task<bool> Passes()
        {
            try
            {
                await assertion().ConfigureAwait(false);
                return true;
            }
            catch (Exception cause)
            {
                // While time is left, whatever went wrong may yet come right.
                failure = ExceptionDispatchInfo.Capture(cause);
                return false;
            }
        }
    }

    /// <summary>Waits until as many log events as expected were caught; if none is, for one too many.</summary>
    internal async ValueTask AwaitCaught(
        bool blocking, Func<int> caught, int expected, TimeSpan max, string filters, CancellationToken token)
    {
        // One event is already too many when none is expected.
        var enough = Math.Max(expected, 1);
        var interval = TimeSpan.FromMilliseconds(10);
        await Poll(blocking, () => Task.FromResult(caught() >= enough), max, interval, null, token)
            .ConfigureAwait(false);

        var seen = caught();
        if (seen < expected)
        {
            _assertions.Fail($"Timeout ({max}) while waiting for messages. "
                + $"Only received {seen}/{expected} messages that matched filter [{filters}]");
        }
        else if (seen > expected)
        {
            _assertions.Fail($"Received {seen - expected} message(s) too many. "
                + $"Expected {expected} message(s) but received {seen} that matched filter [{filters}]");
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}

using Akka.Actor;
using Akka.Util;

namespace Akka.Pattern;

/// <summary>Tries something again when it fails.</summary>
public static class RetrySupport
{
    /// <param name="attempt">What to try.</param>
    /// <param name="attempts">How often to try again, at once, after the first failure.</param>
    public static Task<T> Retry<T>(Func<Task<T>> attempt, int attempts) =>
        RetryWith(attempt, attempts, static _ => TimeSpan.Zero, scheduler: null);

    /// <summary>Tries again after a delay that doubles each time up to a maximum, plus a random part.</summary>
    public static Task<T> Retry<T>(
        Func<Task<T>> attempt, int attempts, TimeSpan minBackoff, TimeSpan maxBackoff, int randomFactor,
        IScheduler scheduler)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(minBackoff, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBackoff, minBackoff);
        if (randomFactor is < 0 or > 1)
            throw new ArgumentOutOfRangeException(nameof(randomFactor), randomFactor, "Must be between 0 and 1.");
        return RetryWith(
            attempt, attempts, tried => BackoffDelay.After(tried, minBackoff, maxBackoff, randomFactor), scheduler);
    }

    public static Task<T> Retry<T>(Func<Task<T>> attempt, int attempts, TimeSpan delay, IScheduler scheduler) =>
        RetryWith(attempt, attempts, _ => delay, scheduler);

    /// <param name="attempt">What to try.</param>
    /// <param name="attempts">How often to try again.</param>
    /// <param name="delayFunction">The delay before the n-th retry; none means at once.</param>
    /// <param name="scheduler">Where delays are waited for.</param>
    public static Task<T> Retry<T>(
        Func<Task<T>> attempt, int attempts, Func<int, Option<TimeSpan>> delayFunction, IScheduler scheduler) =>
        RetryWith(
            attempt, attempts,
            tried => delayFunction(tried) is { HasValue: true, Value: var delay } ? delay : TimeSpan.Zero, scheduler);

    private static async Task<T> RetryWith<T>(
        Func<Task<T>> attempt, int attempts, Func<int, TimeSpan> delay, IScheduler? scheduler)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(attempts);
        for (var tried = 1; tried <= attempts; tried++)
        {
            try
            {
                return await attempt();
            }
            catch (Exception)
            {
                // The last attempt tells how it failed; the earlier ones are what the retry is for.
            }
            if (delay(tried) is var pause && pause > TimeSpan.Zero)
                await Pause(pause, scheduler!);
        }
        return await attempt();
    }

    private static Task Pause(TimeSpan delay, IScheduler scheduler)
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scheduler.Advanced.ScheduleOnce(delay, () => over.TrySetResult());
        return over.Task;
    }
}

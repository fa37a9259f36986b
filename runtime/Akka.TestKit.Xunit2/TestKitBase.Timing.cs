using System.Diagnostics;

namespace Akka.TestKit;

/// <content>Deadlines: dilation, Within, AwaitCondition and AwaitAssert.</content>
public abstract partial class TestKitBase
{
    private static readonly TimeSpan DefaultPollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>What is left of the innermost Within, else <c>akka.test.single-expect-default</c> dilated.</summary>
    public TimeSpan RemainingOrDefault => RemainingOr(Dilated(TestKitSettings.SingleExpectDefault));

    public TimeSpan Remaining => _end is null
        ? throw new InvalidOperationException($"{nameof(Remaining)} may only be called within a Within block")
        : RemainingOr(TimeSpan.Zero);

    private static TimeSpan Now => Stopwatch.GetElapsedTime(0);
    public TimeSpan Dilated(TimeSpan duration) => duration * TestKitSettings.TestTimeFactor;
    public TimeSpan GetTimeoutOrDefault(TimeSpan? timeout) => RemainingOrDilated(timeout);
    protected TimeSpan RemainingOr(TimeSpan duration) => _end is { } end ? Max(end - Now, TimeSpan.Zero) : duration;

    protected TimeSpan RemainingOrDilated(TimeSpan? duration) => duration switch
    {
        null => RemainingOrDefault,
        { } given when given < TimeSpan.Zero => throw new ArgumentException(
            $"duration is {given}; it must be finite and not negative", nameof(duration)),
        { } given => Dilated(given),
    };

    public void Within(
        TimeSpan max, Action action, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, action, null, epsilonValue, cancellationToken);
    public void Within(
        TimeSpan min, TimeSpan max, Action action, string? hint = null, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        Wait(new ValueTask<bool>(WithinAsync(min, max, Work.Of(action), hint, epsilonValue, cancellationToken)));
    public T Within<T>(
        TimeSpan max, Func<T> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);
    public T Within<T>(
        TimeSpan min, TimeSpan max, Func<T> function, string? hint = null, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        Wait(new ValueTask<T>(WithinAsync(min, max, Work.Of(function), hint, epsilonValue, cancellationToken)));
    public Task WithinAsync(
        TimeSpan max, Func<Task> actionAsync, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, actionAsync, null, epsilonValue, cancellationToken);
    public Task WithinAsync(
        TimeSpan min, TimeSpan max, Func<Task> actionAsync, string? hint = null, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        WithinAsync(min, max, Work.Of(actionAsync), hint, epsilonValue, cancellationToken);
    public Task<T> WithinAsync<T>(
        TimeSpan max, Func<Task<T>> function, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    public async Task<T> WithinAsync<T>(
        TimeSpan min, TimeSpan max, Func<Task<T>> function, string? hint = null, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default)
    {
        if (min < TimeSpan.Zero) throw new ArgumentException($"min is {min}; it must not be negative", nameof(min));
        if (max < min) throw new ArgumentException($"max is {max}; it must be at least min, {min}", nameof(max));
        cancellationToken.ThrowIfCancellationRequested();

        max = Dilated(max);
        var start = Now;
        var left = RemainingOr(max);
        _assertions.AssertTrue(
            left >= min, $"Required min time {min} not possible, only {left} left. {hint}");
        _lastWasNoMsg = false;
        var allowed = max < left ? max : left;
        var outer = _end;
        _end = start + allowed;
        T result;
        try
        {
            result = await function().ConfigureAwait(false);
        }
        finally
        {
            _end = outer;
        }

        var elapsed = Now - start;
        if (elapsed < min) _assertions.Fail($"Block took {elapsed}, should have at least taken {min}. {hint}");
        if (!_lastWasNoMsg && elapsed > allowed + (epsilonValue ?? TimeSpan.Zero))
        {
            _assertions.Fail($"Block took {elapsed}, exceeding {allowed}. {hint}");
        }
        return result;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>Takes the result of an operation that ran on the calling thread, or waits for it.</summary>
    private protected static T Wait<T>(ValueTask<T> operation) => operation.AsTask().GetAwaiter().GetResult();

    private static async ValueTask Pause(bool blocking, TimeSpan time, CancellationToken token)
    {
        if (!blocking)
        {
            await Task.Delay(time, TimeProvider.System, token).ConfigureAwait(false);
        }
        else if (token.WaitHandle.WaitOne(time))
        {
            token.ThrowIfCancellationRequested();
        }
    }
}

using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>Installs filters in the system's test event listener for as long as an action runs.</summary>
internal sealed class EventFilterApplier(TestKitBase testkit, ActorSystem? system, IReadOnlyList<LogFilter> filters)
    : IEventFilterApplier
{
    public EventFilterFactory And => new(testkit, system, filters);

    private ActorSystem System => system ?? testkit.Sys;

    public void ExpectOne(Action action, CancellationToken cancellationToken = default) =>
        Expect(1, action, cancellationToken);

    public Task ExpectOneAsync(Action action, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, action, cancellationToken);

    public Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, actionAsync, cancellationToken);

    public void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Expect(1, timeout, action, cancellationToken);

    public Task ExpectOneAsync(TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, timeout, action, cancellationToken);

    public Task ExpectOneAsync(
        TimeSpan timeout, Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, timeout, actionAsync, cancellationToken);

    public void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default) =>
        Now(Intercept(true, Async(action), null, expectedCount, cancellationToken));

    public Task ExpectAsync(int expectedCount, Action action, CancellationToken cancellationToken = default) =>
        Intercept(false, Async(action), null, expectedCount, cancellationToken);

    public Task ExpectAsync(
        int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        Intercept(false, Async(actionAsync), null, expectedCount, cancellationToken);

    public void Expect(
        int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Now(Intercept(true, Async(action), timeout, expectedCount, cancellationToken));

    public Task ExpectAsync(
        int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Intercept(false, Async(action), timeout, expectedCount, cancellationToken);

    public Task ExpectAsync(
        int expectedCount, TimeSpan timeout, Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        Intercept(false, Async(actionAsync), timeout, expectedCount, cancellationToken);

    public T ExpectOne<T>(Func<T> func, CancellationToken cancellationToken = default) =>
        Expect(1, func, cancellationToken);

    public Task<T> ExpectOneAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, func, cancellationToken);

    public T ExpectOne<T>(TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) =>
        Expect(1, timeout, func, cancellationToken);

    public Task<T> ExpectOneAsync<T>(
        TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, timeout, func, cancellationToken);

    public T Expect<T>(int expectedCount, Func<T> func, CancellationToken cancellationToken = default) =>
        Now(Intercept(true, () => Task.FromResult(func()), null, expectedCount, cancellationToken));

    public Task<T> ExpectAsync<T>(
        int expectedCount, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Intercept(false, func, null, expectedCount, cancellationToken);

    public T Expect<T>(
        int expectedCount, TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) =>
        Now(Intercept(true, () => Task.FromResult(func()), timeout, expectedCount, cancellationToken));

    public Task<T> ExpectAsync<T>(
        int expectedCount, TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Intercept(false, func, timeout, expectedCount, cancellationToken);

    public T Mute<T>(Func<T> func, CancellationToken cancellationToken = default) =>
        Now(Intercept(true, () => Task.FromResult(func()), null, null, cancellationToken));

    public Task<T> MuteAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Intercept(false, func, null, null, cancellationToken);

    public void Mute(Action action, CancellationToken cancellationToken = default) =>
        Now(Intercept(true, Async(action), null, null, cancellationToken));

    public Task MuteAsync(Func<Task> action, CancellationToken cancellationToken = default) =>
        Intercept(false, Async(action), null, null, cancellationToken);

    public IUnmutableFilter Mute() => Internal.Mute.Start(System, filters);

    private static T Now<T>(Task<T> interception) => interception.GetAwaiter().GetResult();

    private static Func<Task<bool>> Async(Action action) => () =>
    {
        action();
        return Task.FromResult(true);
    };

    private static Func<Task<bool>> Async(Func<Task> action) => async () =>
    {
        await action().ConfigureAwait(false);
        return true;
    };

    private async Task<T> Intercept<T>(
        bool blocking, Func<Task<T>> func, TimeSpan? timeout, int? expected, CancellationToken token)
    {
        using var muted = Internal.Mute.Start(System, filters);
        var result = await func().ConfigureAwait(false);
        if (expected is not { } count) return result;
        var limit = timeout is { } given
            ? testkit.Dilated(given)
            : TestKitExtension.For(System).TestEventFilterLeeway;
        await testkit.AwaitCaught(blocking, () => muted.Caught, count, limit, string.Join(", ", filters), token)
            .ConfigureAwait(false);
        return result;
    }
}

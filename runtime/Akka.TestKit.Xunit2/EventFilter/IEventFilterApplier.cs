namespace Akka.TestKit;

/// <summary>Applies log filters while something runs: what matches is counted and not printed.</summary>
public interface IEventFilterApplier
{
    /// <summary>Adds another filter: an event that any of them matches counts.</summary>
    EventFilterFactory And { get; }

    void ExpectOne(Action action, CancellationToken cancellationToken = default) =>
        Expect(1, action, cancellationToken);
    Task ExpectOneAsync(Action action, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, action, cancellationToken);
    Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, actionAsync, cancellationToken);
    void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Expect(1, timeout, action, cancellationToken);
    Task ExpectOneAsync(TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, timeout, action, cancellationToken);
    Task ExpectOneAsync(TimeSpan timeout, Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, timeout, actionAsync, cancellationToken);
    T ExpectOne<T>(Func<T> func, CancellationToken cancellationToken = default) => Expect(1, func, cancellationToken);
    Task<T> ExpectOneAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, func, cancellationToken);
    T ExpectOne<T>(TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) =>
        Expect(1, timeout, func, cancellationToken);
    Task<T> ExpectOneAsync<T>(TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, timeout, func, cancellationToken);

    void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default) =>
        Now(Intercept(true, Work.Of(action), null, expectedCount, cancellationToken));
    Task ExpectAsync(int expectedCount, Action action, CancellationToken cancellationToken = default) =>
        Intercept(false, Work.Of(action), null, expectedCount, cancellationToken);
    Task ExpectAsync(int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        Intercept(false, Work.Of(actionAsync), null, expectedCount, cancellationToken);
    void Expect(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Now(Intercept(true, Work.Of(action), timeout, expectedCount, cancellationToken));
    Task ExpectAsync(
        int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Intercept(false, Work.Of(action), timeout, expectedCount, cancellationToken);
    Task ExpectAsync(
        int expectedCount, TimeSpan timeout, Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        Intercept(false, Work.Of(actionAsync), timeout, expectedCount, cancellationToken);
    T Expect<T>(int expectedCount, Func<T> func, CancellationToken cancellationToken = default) =>
        Now(Intercept(true, Work.Of(func), null, expectedCount, cancellationToken));
    Task<T> ExpectAsync<T>(int expectedCount, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Intercept(false, func, null, expectedCount, cancellationToken);
    T Expect<T>(int expectedCount, TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) =>
        Now(Intercept(true, Work.Of(func), timeout, expectedCount, cancellationToken));
    Task<T> ExpectAsync<T>(
        int expectedCount, TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Intercept(false, func, timeout, expectedCount, cancellationToken);

    T Mute<T>(Func<T> func, CancellationToken cancellationToken = default) =>
        Now(Intercept(true, Work.Of(func), null, null, cancellationToken));
    Task<T> MuteAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Intercept(false, func, null, null, cancellationToken);
    void Mute(Action action, CancellationToken cancellationToken = default) =>
        Now(Intercept(true, Work.Of(action), null, null, cancellationToken));
    Task MuteAsync(Func<Task> action, CancellationToken cancellationToken = default) =>
        Intercept(false, Work.Of(action), null, null, cancellationToken);

    /// <summary>Mutes until the result is disposed of.</summary>
    IUnmutableFilter Mute();

    /// <summary>What every expectation is made of; without an expected number it only mutes.</summary>
    internal Task<T> Intercept<T>(
        bool blocking, Func<Task<T>> func, TimeSpan? timeout, int? expected, CancellationToken token);

    private static T Now<T>(Task<T> interception) => interception.GetAwaiter().GetResult();
}

/// <summary>Ends a mute.</summary>
public interface IUnmutableFilter : IDisposable
{
    void Unmute();
}

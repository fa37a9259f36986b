namespace Akka.TestKit.Internal;

/// <summary>Installs filters in the system's test event listener for as long as an action runs.</summary>
internal sealed class EventFilterApplier(TestKitBase testkit, ActorSystem? system, IReadOnlyList<LogFilter> filters)
    : IEventFilterApplier
{
    public EventFilterFactory And => new(testkit, system) { Filters = filters };
    private ActorSystem System => system ?? testkit.Sys;
    public IUnmutableFilter Mute() => Internal.Mute.Start(System, filters);

    async Task<T> IEventFilterApplier.Intercept<T>(
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

/// <summary>Brings what a test passes in, with a result or without, into the one form that the kit runs.</summary>
internal static class Work
{
    public static Func<Task<T>> Of<T>(Func<T> function) => () => Task.FromResult(function());

    public static Func<Task<bool>> Of(Action action) => () =>
    {
        action();
        return Task.FromResult(true);
    };

    public static Func<Task<bool>> Of(Func<Task> action) => async () =>
    {
        await action().ConfigureAwait(false);
        return true;
    };
}

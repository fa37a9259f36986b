namespace Akka.TestKit;

/// <content>Expectations about several messages, or none.</content>
public abstract partial class TestKitBase
{
    public T ExpectMsgAnyOf<T>(params T[] messages) => ExpectMsgAnyOf(messages, CancellationToken.None);

    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        Wait(AnyOf(true, null, messages, cancellationToken));
    public T ExpectMsgAnyOf<T>(TimeSpan max, params T[] messages) =>
        ExpectMsgAnyOf(max, messages, CancellationToken.None);
    public T ExpectMsgAnyOf<T>(
        TimeSpan max, IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        Wait(AnyOf(true, max, messages, cancellationToken));
    public ValueTask<T> ExpectMsgAnyOfAsync<T>(params T[] messages) =>
        ExpectMsgAnyOfAsync(messages, CancellationToken.None);
    public ValueTask<T> ExpectMsgAnyOfAsync<T>(
        IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        AnyOf(false, null, messages, cancellationToken);
    public ValueTask<T> ExpectMsgAnyOfAsync<T>(
        TimeSpan max, IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        AnyOf(false, max, messages, cancellationToken);

    /// <summary>As many messages as given, each of them once, in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) =>
        ExpectMsgAllOf(messages, CancellationToken.None);
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(
        IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        Collect(AllOf(true, RemainingOrDefault, messages, cancellationToken));
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages) =>
        ExpectMsgAllOf(max, messages, CancellationToken.None);
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(
        TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        Collect(AllOf(true, Dilated(max), messages, cancellationToken));
    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(params T[] messages) =>
        ExpectMsgAllOfAsync(messages, CancellationToken.None);
    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(
        IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        AllOf(false, RemainingOrDefault, messages, cancellationToken);
    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(TimeSpan max, params T[] messages) =>
        ExpectMsgAllOfAsync(max, messages, CancellationToken.None);
    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(
        TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        AllOf(false, Dilated(max), messages, cancellationToken);

    /// <summary>Fails if a message comes within what is left of Within, else within
    /// <c>akka.test.expect-no-message-default</c> dilated.</summary>
    public void ExpectNoMsg(CancellationToken cancellationToken = default) =>
        Wait(Silence(true, RemainingOr(Dilated(TestKitSettings.ExpectNoMessageDefault)), cancellationToken));
    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default) =>
        Wait(Silence(true, Dilated(duration), cancellationToken));
    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsg(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);
    public async ValueTask ExpectNoMsgAsync(CancellationToken cancellationToken = default) =>
        await Silence(false, RemainingOr(Dilated(TestKitSettings.ExpectNoMessageDefault)), cancellationToken)
            .ConfigureAwait(false);
    public async ValueTask ExpectNoMsgAsync(TimeSpan duration, CancellationToken cancellationToken = default) =>
        await Silence(false, Dilated(duration), cancellationToken).ConfigureAwait(false);
    public ValueTask ExpectNoMsgAsync(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsgAsync(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    private async ValueTask<T> AnyOf<T>(
        bool blocking, TimeSpan? max, IEnumerable<T> messages, CancellationToken token)
    {
        var expected = messages.ToArray();
        return await Expect<T>(blocking, (message, sender) => _assertions.AssertTrue(
            expected.Contains(message),
            $"Expected one of {string.Join(", ", expected)} but got {message} from {sender}"), max, null, token)
            .ConfigureAwait(false);
    }

    private async IAsyncEnumerable<T> AllOf<T>(
        bool blocking, TimeSpan max, IReadOnlyCollection<T> messages, [EnumeratorCancellation] CancellationToken token)
    {
        var missing = messages.ToList();
        var received = await All(ReceiveExactly(blocking, missing.Count, max, token)).ConfigureAwait(false);
        var unexpected = received.Where(message => message is not T wanted || !missing.Remove(wanted)).ToList();
        _assertions.AssertTrue(
            missing.Count == 0 && unexpected.Count == 0,
            $"not found [{string.Join(", ", missing)}], found unexpected [{string.Join(", ", unexpected)}]");
        foreach (var message in received) yield return (T)message;
    }

    private async ValueTask<bool> Silence(bool blocking, TimeSpan duration, CancellationToken token)
    {
        var received = await Receive(blocking, duration, token).ConfigureAwait(false);
        _assertions.AssertTrue(
            received is null,
            $"Failed: Expected no messages during {duration}, instead we received {received}");
        _lastWasNoMsg = true;
        return true;
    }
}

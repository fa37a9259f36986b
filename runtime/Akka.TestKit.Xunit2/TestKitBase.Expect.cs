namespace Akka.TestKit;

/// <content>ExpectMsg: the next message, and what must be true of it.</content>
public abstract partial class TestKitBase
{
    public T ExpectMsg<T>(
        TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Wait(Expect<T>(true, null, duration, hint, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(
        TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(false, null, duration, hint, cancellationToken);
    public T ExpectMsg<T>(
        T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Wait(Expect(true, Equal(message, hint), timeout, hint, cancellationToken));
    public ValueTask<T> ExpectMsgAsync<T>(
        T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(false, Equal(message, hint), timeout, hint, cancellationToken);
    public T ExpectMsg<T>(
        Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Wait(Expect(true, Holds(isMessage, hint), timeout, hint, cancellationToken));
    public ValueTask<T> ExpectMsgAsync<T>(
        Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect(false, Holds(isMessage, hint), timeout, hint, cancellationToken);
    public T ExpectMsg<T>(
        Action<T> assert, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Wait(Expect(true, Passes(assert), timeout, hint, cancellationToken));
    public ValueTask<T> ExpectMsgAsync<T>(
        Action<T> assert, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect(false, Passes(assert), timeout, hint, cancellationToken);
    public T ExpectMsg<T>(
        Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Wait(Expect(true, Holds(isMessageAndSender, hint), timeout, hint, cancellationToken));
    public ValueTask<T> ExpectMsgAsync<T>(
        Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect(false, Holds(isMessageAndSender, hint), timeout, hint, cancellationToken);
    public T ExpectMsg<T>(
        Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Wait(Expect(true, assertMessageAndSender, timeout, hint, cancellationToken));
    public ValueTask<T> ExpectMsgAsync<T>(
        Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect(false, assertMessageAndSender, timeout, hint, cancellationToken);
    public T ExpectMsg<T>(
        T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Wait(Expect(true, Equal(expected, comparer, hint), timeout, hint, cancellationToken));
    public ValueTask<T> ExpectMsgAsync<T>(
        T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect(false, Equal(expected, comparer, hint), timeout, hint, cancellationToken);

    public Terminated ExpectTerminated(
        IActorRef target, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectMsg(TerminationOf(target, hint), timeout, hint, cancellationToken);
    public ValueTask<Terminated> ExpectTerminatedAsync(
        IActorRef target, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectMsgAsync(TerminationOf(target, hint), timeout, hint, cancellationToken);

    private Action<T, IActorRef> Equal<T>(T expected, string? hint) =>
        Equal(expected, EqualityComparer<T>.Default.Equals, hint);
    private Action<T, IActorRef> Equal<T>(T expected, Func<T, T, bool> comparer, string? hint) => (message, sender) =>
        _assertions.AssertEqual(
            expected, message, comparer, $"Expected {expected} but got {message} from {sender}. {hint}");

    private static Action<T, IActorRef> Passes<T>(Action<T> assert) => (message, _) => assert(message);

    private Action<T, IActorRef> Holds<T>(Predicate<T> isMessage, string? hint) =>
        Holds<T>((message, _) => isMessage(message), hint);
    private Action<T, IActorRef> Holds<T>(Func<T, IActorRef, bool> holds, string? hint) => (message, sender) =>
        _assertions.AssertTrue(
            holds(message, sender), $"Got a message of the expected type <{typeof(T)}> from {sender}, but it did not "
            + $"fulfil the predicate: {{{message}}}. {hint}");

    private Action<Terminated, IActorRef> TerminationOf(IActorRef target, string? hint) => (terminated, _) =>
        _assertions.AssertEqual(target, terminated.ActorRef, $"Expected {target} to terminate. {hint}");

    private async ValueTask<T> Expect<T>(
        bool blocking, Action<T, IActorRef>? assert, TimeSpan? timeout, string? hint, CancellationToken token)
    {
        var limit = RemainingOrDilated(timeout);
        var received = await Receive(blocking, limit, token).ConfigureAwait(false);
        if (received is null)
        {
            _assertions.Fail($"Failed: Timeout {limit} while waiting for a message of type {typeof(T)} {hint}");
        }

        if (received!.Message is not T message)
        {
            _assertions.Fail($"Failed: Expected a message of type {typeof(T)}, but received {{{received.Message}}} "
                + $"(type {received.Message!.GetType()}) instead {hint} from {received.Sender}");
            return default!;
        }

        assert?.Invoke(message, received.Sender);
        return message;
    }
}

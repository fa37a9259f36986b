namespace Akka.TestKit;

/// <content>ExpectMsgFrom: the next message, and who must have sent it.</content>
public abstract partial class TestKitBase
{
    public T ExpectMsgFrom<T>(
        IActorRef sender, TimeSpan? duration = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectMsg(From<T>(sender, hint), duration, hint, cancellationToken);

    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender, TimeSpan? duration = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectMsgAsync(From<T>(sender, hint), duration, hint, cancellationToken);
    public T ExpectMsgFrom<T>(
        IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectMsg(From<T>(sender, hint) + Equal(message, hint), timeout, hint, cancellationToken);
    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectMsgAsync(From<T>(sender, hint) + Equal(message, hint), timeout, hint, cancellationToken);
    public T ExpectMsgFrom<T>(
        IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectMsg(From<T>(sender, hint) + Holds(isMessage, hint), timeout, hint, cancellationToken);
    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectMsgAsync(From<T>(sender, hint) + Holds(isMessage, hint), timeout, hint, cancellationToken);
    public T ExpectMsgFrom<T>(
        IActorRef sender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectMsg(From<T>(sender, hint) + Passes(assertMessage), timeout, hint, cancellationToken);
    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectMsgAsync(From<T>(sender, hint) + Passes(assertMessage), timeout, hint, cancellationToken);
    public T ExpectMsgFrom<T>(
        Predicate<IActorRef> isSender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectMsg(From<T>(isSender, hint) + Holds(isMessage, hint), timeout, hint, cancellationToken);
    public ValueTask<T> ExpectMsgFromAsync<T>(
        Predicate<IActorRef> isSender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectMsgAsync(From<T>(isSender, hint) + Holds(isMessage, hint), timeout, hint, cancellationToken);
    public T ExpectMsgFrom<T>(
        Action<IActorRef> assertSender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectMsg(From<T>(assertSender) + Passes(assertMessage), timeout, hint, cancellationToken);
    public ValueTask<T> ExpectMsgFromAsync<T>(
        Action<IActorRef> assertSender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectMsgAsync(From<T>(assertSender) + Passes(assertMessage), timeout, hint, cancellationToken);

    private Action<T, IActorRef> From<T>(IActorRef expected, string? hint) => (_, sender) =>
        _assertions.AssertEqual(expected, sender, $"Sender does not match. Expected {expected}, got {sender}. {hint}");
    private static Action<T, IActorRef> From<T>(Action<IActorRef> assert) => (_, sender) => assert(sender);
    private Action<T, IActorRef> From<T>(Predicate<IActorRef> isSender, string? hint) => (_, sender) =>
        _assertions.AssertTrue(isSender(sender), $"The sender {sender} did not fulfil the predicate. {hint}");
}

namespace Akka.Actor;

/// <summary>An actor that declares a handler per message type, in its constructor and in each <c>Become</c>.</summary>
public abstract class ReceiveActor : UntypedActor
{
    private readonly ReceiveHandlers _initial = new();
    private ReceiveHandlers? _configuring;

    protected ReceiveActor() => _configuring = _initial;
    internal override Receive InitialBehavior => _initial.Handle;

    internal override void Attach(ActorCell cell)
    {
        base.Attach(cell);
        _configuring = null;
    }

    protected sealed override void OnReceive(object message)
    {
        if (!_initial.Handle(message))
            Unhandled(message);
    }

    protected void Become(Action configure) => Become(Configure(configure));
    protected void BecomeStacked(Action configure) => BecomeStacked(Configure(configure));

    protected void Receive<T>(Action<T> handler, Predicate<T>? shouldHandle = null) =>
        Add(new ReceiveHandlers.Of<T>(handler, shouldHandle));

    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

    /// <summary>Adds a handler that says itself whether it handled the message.</summary>
    protected void Receive<T>(Func<T, bool> handler) => Add(new ReceiveHandlers.Deciding<T>(handler));

    protected void Receive(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        Receive(handler, Narrowed(messageType, shouldHandle));

    protected void Receive(Type messageType, Predicate<object> shouldHandle, Action<object> handler) =>
        Receive(messageType, handler, shouldHandle);

    protected void Receive(Type messageType, Func<object, bool> handler) =>
        Receive<object>(message => messageType.IsInstanceOfType(message) && handler(message));

    protected void ReceiveAny(Action<object> handler) => Receive(handler);

    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) =>
        Receive(message => RunTask(() => handler(message)), shouldHandle);

    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) =>
        ReceiveAsync(handler, shouldHandle);

    protected void ReceiveAsync(Type messageType, Func<object, Task> handler, Predicate<object>? shouldHandle = null) =>
        ReceiveAsync(handler, Narrowed(messageType, shouldHandle));

    protected void ReceiveAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) =>
        ReceiveAsync(messageType, handler, shouldHandle);

    protected void ReceiveAnyAsync(Func<object, Task> handler) => ReceiveAsync(handler);

    private static Predicate<object>? Narrowed(Type type, Predicate<object>? filter) => type == typeof(object)
        ? filter
        : message => type.IsInstanceOfType(message) && (filter is null || filter(message));

    private Receive Configure(Action configure)
    {
        var outer = _configuring;
        var handlers = _configuring = new ReceiveHandlers();
        try
        {
            configure();
        }
        finally
        {
            _configuring = outer;
        }
        return handlers.Handle;
    }

    private void Add(ReceiveHandlers.Handler handler)
    {
        if (_configuring is null)
            throw new InvalidOperationException(
                "You may only call Receive-methods when constructing the actor and inside Become().");
        _configuring.Add(handler);
    }
}

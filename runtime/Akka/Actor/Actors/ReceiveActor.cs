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

    internal void RunHandler(Func<Task> handler) => RunTask(handler);
    protected void Become(Action configure) => Become(Configure(configure));
    protected void BecomeStacked(Action configure) => BecomeStacked(Configure(configure));

    protected void Receive<T>(Action<T> handler, Predicate<T>? shouldHandle = null) =>
        Add(new ReceiveHandlers.Of<T>(handler, shouldHandle));

    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

    /// <summary>Adds a handler that says itself whether it handled the message.</summary>
    protected void Receive<T>(Func<T, bool> handler) => Add(new ReceiveHandlers.Deciding<T>(handler));

    protected void Receive(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        Add(new ReceiveHandlers.OfType(messageType, Deciding(handler, shouldHandle), shouldHandle is null));

    protected void Receive(Type messageType, Predicate<object> shouldHandle, Action<object> handler) =>
        Receive(messageType, handler, shouldHandle);

    protected void Receive(Type messageType, Func<object, bool> handler) =>
        Add(new ReceiveHandlers.OfType(messageType, handler, catchesAll: false));

    protected void ReceiveAny(Action<object> handler) => Receive(handler);

    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) =>
        Add(new ReceiveHandlers.OfAsync<T>(this, handler, shouldHandle));

    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) =>
        ReceiveAsync(handler, shouldHandle);

    protected void ReceiveAsync(Type messageType, Func<object, Task> handler, Predicate<object>? shouldHandle = null) =>
        Receive(messageType, message => RunTask(() => handler(message)), shouldHandle);

    protected void ReceiveAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) =>
        ReceiveAsync(messageType, handler, shouldHandle);

    protected void ReceiveAnyAsync(Func<object, Task> handler) => ReceiveAsync(handler);

    private static Func<object, bool> Deciding(Action<object> handler, Predicate<object>? shouldHandle) => message =>
    {
        if (shouldHandle is not null && !shouldHandle(message))
            return false;
        handler(message);
        return true;
    };

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

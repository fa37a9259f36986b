namespace Akka.Actor;

/// <summary>The handlers of one behaviour of a <see cref="ReceiveActor"/>, tried in the order of their adding.</summary>
internal sealed class ReceiveHandlers
{
    private Handler[] _handlers = [];
    private int _count;
    private bool _catchesAll;

    public void Add(Handler handler)
    {
        if (_catchesAll)
            throw new InvalidOperationException(
                "A handler that catches all messages has been added. No handler can be added after that.");
        _catchesAll = handler.CatchesAll;
        if (_count == _handlers.Length)
            Array.Resize(ref _handlers, Math.Max(1, _count * 2));
        _handlers[_count++] = handler;
    }

    public bool Handle(object message)
    {
        var handlers = _handlers;
        for (var i = 0; i < _count; i++)
        {
            if (handlers[i].TryHandle(message))
                return true;
        }
        return false;
    }

    internal abstract class Handler
    {
        public virtual bool CatchesAll => false;
        public abstract bool TryHandle(object message);
    }

    internal sealed class Of<T>(Action<T> handler, Predicate<T>? filter) : Handler
    {
        public override bool CatchesAll => typeof(T) == typeof(object) && filter is null;

        public override bool TryHandle(object message)
        {
            if (message is not T typed || (filter is not null && !filter(typed)))
                return false;
            handler(typed);
            return true;
        }
    }

    internal sealed class Deciding<T>(Func<T, bool> handler) : Handler
    {
        public override bool TryHandle(object message) => message is T typed && handler(typed);
    }
}

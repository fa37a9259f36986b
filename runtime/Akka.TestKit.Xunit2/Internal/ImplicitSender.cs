namespace Akka.TestKit.Internal;

/// <summary>Lets what a test sends bear its test actor as sender, also after an await.</summary>
internal sealed class ImplicitSender : SynchronizationContext
{
    private readonly ActorCell _cell;
    private readonly SynchronizationContext? _previous;

    private ImplicitSender(ActorCell cell, SynchronizationContext? previous)
    {
        _cell = cell;
        _previous = previous;
    }

    public static void Use(IActorRef testActor)
    {
        var cell = ((LocalActorRef)testActor).Underlying;
        ActorCell.Current = cell;
        var here = Current is ImplicitSender other ? other._previous : Current;
        SetSynchronizationContext(new ImplicitSender(cell, here));
    }

    public static void Release(IActorRef testActor)
    {
        var cell = ((LocalActorRef)testActor).Underlying;
        if (ActorCell.Current == cell) ActorCell.Current = null;
        if (Current is ImplicitSender mine && mine._cell == cell) SetSynchronizationContext(mine._previous);
    }

    public override void Post(SendOrPostCallback d, object? state) => ThreadPool.QueueUserWorkItem(_ => Send(d, state));

    public override void Send(SendOrPostCallback d, object? state)
    {
        var (cell, context) = (ActorCell.Current, Current);
        ActorCell.Current = _cell;
        SetSynchronizationContext(this);
        try
        {
            d(state);
        }
        finally
        {
            ActorCell.Current = cell;
            SetSynchronizationContext(context);
        }
    }

    public override SynchronizationContext CreateCopy() => new ImplicitSender(_cell, _previous);
}

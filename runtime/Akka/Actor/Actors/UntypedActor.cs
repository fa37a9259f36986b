namespace Akka.Actor;

/// <summary>An actor that handles its messages in one method.</summary>
public abstract class UntypedActor : ActorBase
{
    protected static new IUntypedActorContext Context => CurrentContext;

    protected sealed override bool Receive(object message)
    {
        OnReceive(message);
        return true;
    }

    protected abstract void OnReceive(object message);

    protected void Become(UntypedReceive receive) => Context.Become(receive);
    protected void BecomeStacked(UntypedReceive receive) => Context.BecomeStacked(receive);
    protected static Receive EmptyReceive => static _ => false;
}

namespace Akka.Actor;

/// <summary>What the runtime and its extensions may do with a system.</summary>
public abstract class ExtendedActorSystem : ActorSystem
{
    public abstract IActorRefProvider Provider { get; }
    public abstract IInternalActorRef Guardian { get; }
    public abstract IInternalActorRef LookupRoot { get; }
    public abstract IInternalActorRef SystemGuardian { get; }

    /// <summary>Creates an actor under <c>/system</c>, which ends after all user actors.</summary>
    public abstract IActorRef SystemActorOf(Props props, string? name = null);

    public abstract IActorRef SystemActorOf<TActor>(string? name = null) where TActor : ActorBase, new();

    /// <summary>Terminates at once, without the shutdown phases.</summary>
    internal abstract Task FinalTerminate();
}

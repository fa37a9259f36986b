using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Anything that takes a message.</summary>
public interface ICanTell
{
    void Tell(object message, IActorRef? sender);
}

/// <summary>The handle of an actor: all that others may hold of it.</summary>
public interface IActorRef : ICanTell, IEquatable<IActorRef>, IComparable<IActorRef>, IComparable
{
    ActorPath Path { get; }
}

/// <summary>Whether an actor lives in this process.</summary>
public interface IActorRefScope
{
    bool IsLocal { get; }
}

/// <summary>Marks references to actors of this process.</summary>
public interface ILocalRef : IActorRefScope;

/// <summary>What the runtime itself may do with a reference.</summary>
public interface IInternalActorRef : IActorRef, IActorRefScope
{
    IInternalActorRef Parent { get; }
    IActorRefProvider Provider { get; }
    bool IsTerminated { get; }
    IActorRef GetChild(IReadOnlyList<string> name);
    void Start();
    void Stop();
    void Suspend();
    void Resume(Exception? causedByFailure = null);
    void Restart(Exception cause);
    void SendSystemMessage(ISystemMessage message);
}

/// <summary>Creates and finds actors: a system or the context of an actor.</summary>
public interface IActorRefFactory
{
    IActorRef ActorOf(Props props, string? name = null);
    ActorSelection ActorSelection(ActorPath actorPath);
    ActorSelection ActorSelection(string actorPath);
}

/// <summary>Creates actors from their type alone.</summary>
public static class ActorRefFactoryExtensions
{
    public static IActorRef ActorOf<TActor>(this IActorRefFactory factory, string? name = null)
        where TActor : ActorBase, new() =>
        factory.ActorOf(Props.Create<TActor>(), name);
}

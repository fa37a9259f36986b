namespace Akka.Actor;

/// <summary>The roots of a system's tree, and how references are found in it.</summary>
public interface IActorRefProvider
{
    IInternalActorRef RootGuardian { get; }
    LocalActorRef Guardian { get; }
    LocalActorRef SystemGuardian { get; }
    IActorRef DeadLetters { get; }
    ActorPath RootPath { get; }
    Settings Settings { get; }
    IInternalActorRef TempContainer { get; }
    Task TerminationTask { get; }
    Address DefaultAddress { get; }
    ActorPath TempPath();
    void RegisterTempActor(IInternalActorRef actorRef, ActorPath path);
    void UnregisterTempActor(ActorPath path);
    IActorRef RootGuardianAt(Address address);
    IActorRef ResolveActorRef(string path);
    IActorRef ResolveActorRef(ActorPath actorPath);
}

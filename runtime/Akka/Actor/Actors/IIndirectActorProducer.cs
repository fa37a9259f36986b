namespace Akka.Actor;

/// <summary>Makes actors for those who create them themselves, such as a container.</summary>
public interface IIndirectActorProducer
{
    Type ActorType { get; }
    ActorBase Produce();
    void Release(ActorBase actor);
}

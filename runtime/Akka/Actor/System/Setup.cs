namespace Akka.Actor.Setup;

/// <summary>A part of what a system is set up with, in code.</summary>
public abstract class Setup
{
    public ActorSystemSetup And(Setup other) => ActorSystemSetup.Create(this, other);
}

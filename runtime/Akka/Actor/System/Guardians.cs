using Akka.Event;

namespace Akka.Actor;

/// <summary>The root of the tree; stops when the guardian it guards does.</summary>
internal class RootGuardian : ActorBase
{
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Guard guard:
                Context.Watch(guard.Guardian);
                break;
            case Terminated:
                Guarded();
                break;
            case StopChild stop:
                Context.Stop(stop.Child);
                break;
            default:
                Context.System.DeadLetters.Tell(new DeadLetter(message, Sender, Self), Sender);
                break;
        }
        return true;
    }

    /// <summary>A guardian that fails, be it by escalation, takes the system with it.</summary>
    protected override SupervisorStrategy SupervisorStrategy()
    {
        var log = Context.System.Log;
        return new OneForOneStrategy(cause =>
        {
            log.Error(cause, "guardian failed, shutting down system");
            return Directive.Stop;
        }, loggingEnabled: false);
    }

    protected virtual void Guarded() => Context.Stop(Self);

    // A guardian keeps its children whatever happens to it.
    protected override void PreRestart(Exception reason, object message) { }

    public sealed record Guard(IActorRef Guardian);
}

/// <summary><c>/system</c>: outlives <c>/user</c>, then stops the loggers and itself.</summary>
internal sealed class SystemGuardianActor : RootGuardian
{
    protected override SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.DefaultStrategy;

    protected override void Guarded()
    {
        var system = Context.System;
        system.EventStream.StopDefaultLoggers(system.Settings);
        base.Guarded();
    }
}

/// <summary><c>/user</c>: the parent of the actors that a system itself creates.</summary>
internal sealed class UserGuardian(SupervisorStrategy strategy) : RootGuardian
{
    protected override SupervisorStrategy SupervisorStrategy() => strategy;
}

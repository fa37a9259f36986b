using System.Diagnostics.CodeAnalysis;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>A tree of actors with all that they share.</summary>
public abstract class ActorSystem : IActorRefFactory, IDisposable
{
    private bool _disposed;

    public abstract Settings Settings { get; }
    public abstract string Name { get; }
    public abstract Dispatchers Dispatchers { get; }
    public abstract Mailboxes Mailboxes { get; }
    public abstract EventStream EventStream { get; }
    public abstract IActorRef DeadLetters { get; }
    public abstract IScheduler Scheduler { get; }
    public abstract ILoggingAdapter Log { get; }

    /// <summary>When the system started, in time since its scheduler's start.</summary>
    public TimeSpan StartTime { get; protected set; }

    public TimeSpan Uptime => Scheduler.MonotonicClock - StartTime;

    /// <summary>Completes when every actor has stopped and every termination callback has run.</summary>
    public abstract Task WhenTerminated { get; }

    public static ActorSystem Create(string name) => Create(name, ActorSystemSetup.Empty);

    public static ActorSystem Create(string name, Config config) =>
        Create(name, BootstrapSetup.Create().WithConfig(config));

    public static ActorSystem Create(string name, BootstrapSetup setup) => Create(name, ActorSystemSetup.Create(setup));

    public static ActorSystem Create(string name, ActorSystemSetup setup)
    {
        var system = new ActorSystemImpl(name, setup);
        system.Start();
        return system;
    }

    public abstract object GetExtension(IExtensionId extensionId);
    public abstract T GetExtension<T>() where T : class, IExtension;
    public abstract bool HasExtension(Type type);
    public abstract bool HasExtension<T>() where T : class, IExtension;
    public abstract bool TryGetExtension(Type extensionType, [MaybeNullWhen(false)] out object extension);
    public abstract bool TryGetExtension<T>([MaybeNullWhen(false)] out T extension) where T : class, IExtension;
    public abstract object RegisterExtension(IExtensionId extension);

    /// <summary>Adds a callback for when all actors have stopped; the last one added runs first.</summary>
    public abstract void RegisterOnTermination(Action code);

    /// <summary>Stops all actors, user actors first.</summary>
    public abstract Task Terminate();

    public abstract void Stop(IActorRef actor);
    public abstract IActorRef ActorOf(Props props, string? name = null);
    public abstract ActorSelection ActorSelection(ActorPath actorPath);
    public abstract ActorSelection ActorSelection(string actorPath);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts the termination, without waiting for it.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (_disposed || !disposing)
            return;
        _disposed = true;
        _ = Terminate();
    }
}

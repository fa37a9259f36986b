using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>A tree of actors with all that they share.</summary>
public abstract class ActorSystem : IActorRefFactory, IDisposable
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> _extensions = new();
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

    /// <summary>Makes an extension, unless the system has it: one of each type, made by whoever asks first.</summary>
    public object RegisterExtension(IExtensionId extension)
    {
        ArgumentNullException.ThrowIfNull(extension);
        var entry = _extensions.GetOrAdd(
            extension.ExtensionType, _ => new Lazy<object>(() => extension.CreateExtension((ExtendedActorSystem)this)));
        try
        {
            return entry.Value;
        }
        catch
        {
            // A lazy value keeps its exception; the next one to ask shall try anew.
            _extensions.TryRemove(KeyValuePair.Create(extension.ExtensionType, entry));
            throw;
        }
    }

    public object GetExtension(IExtensionId extensionId) =>
        TryGetExtension(extensionId.ExtensionType, out var extension) ? extension : null!;

    public T GetExtension<T>() where T : class, IExtension => TryGetExtension<T>(out var extension) ? extension : null!;
    public bool HasExtension(Type type) => _extensions.ContainsKey(type);
    public bool HasExtension<T>() where T : class, IExtension => HasExtension(typeof(T));

    public bool TryGetExtension(Type extensionType, [MaybeNullWhen(false)] out object extension)
    {
        extension = _extensions.TryGetValue(extensionType, out var entry) ? entry.Value : null;
        return extension is not null;
    }

    public bool TryGetExtension<T>([MaybeNullWhen(false)] out T extension) where T : class, IExtension
    {
        extension = TryGetExtension(typeof(T), out var found) ? (T)found : null;
        return extension is not null;
    }

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

using System.Globalization;
using Akka.Dispatch.SysMsg;
using Akka.Event;

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

/// <summary>The provider of a system that lives in one process.</summary>
public sealed class LocalActorRefProvider : IActorRefProvider
{
    private readonly ActorSystemImpl _system;
    private readonly VirtualPathContainer _temp;
    private readonly Outside _outside;
    private LocalActorRef? _root;
    private LocalActorRef? _user;
    private LocalActorRef? _systemGuardian;
    private long _nextTemp;

    internal LocalActorRefProvider(ActorSystemImpl system)
    {
        _system = system;
        DefaultAddress = new Address("akka", system.Name);
        RootPath = new RootActorPath(DefaultAddress);
        DeadLetters = new DeadLetterActorRef(this, RootPath / "deadLetters", system.EventStream);
        _outside = new Outside(this, system);
        _temp = new VirtualPathContainer(this, RootPath / "temp", _outside);
    }

    public Address DefaultAddress { get; }
    public ActorPath RootPath { get; }
    public Settings Settings => _system.Settings;
    public IActorRef DeadLetters { get; }
    public IInternalActorRef TempContainer => _temp;
    public IInternalActorRef RootGuardian => _root!;
    public LocalActorRef Guardian => _user!;
    public LocalActorRef SystemGuardian => _systemGuardian!;
    public Task TerminationTask => _system.WhenTerminated;
    internal bool IsStarted => _user is not null;
    internal ActorCell GuardianCell => _user!.Cell;
    internal ActorCell SystemGuardianCell => _systemGuardian!.Cell;

    internal void Start()
    {
        var strategy = SupervisorStrategyConfigurator.CreateConfigurator(Settings.SupervisorStrategyClass).Create();
        _root = new LocalActorRef(_system, Props.Create<RootGuardian>(), _outside, RootPath);
        _root.Start();
        _systemGuardian = _root.Cell.AttachChild(Props.Create<SystemGuardianActor>(), "system");
        _user = _root.Cell.AttachChild(Props.Create(() => new UserGuardian(strategy)), "user");
        _root.Tell(new Akka.Actor.RootGuardian.Guard(_systemGuardian), ActorRefs.NoSender);
        _systemGuardian.Tell(new Akka.Actor.RootGuardian.Guard(_user), ActorRefs.NoSender);
    }

    public ActorPath TempPath() =>
        _temp.Path / string.Create(CultureInfo.InvariantCulture, $"${Interlocked.Increment(ref _nextTemp)}");

    public void RegisterTempActor(IInternalActorRef actorRef, ActorPath path) => _temp.AddChild(path.Name, actorRef);
    public void UnregisterTempActor(ActorPath path) => _temp.RemoveChild(path.Name);
    public IActorRef RootGuardianAt(Address address) => address == DefaultAddress ? RootGuardian : DeadLetters;

    public IActorRef ResolveActorRef(string path) =>
        ActorPath.TryParse(path, out var parsed) ? ResolveActorRef(parsed) : DeadLetters;

    public IActorRef ResolveActorRef(ActorPath actorPath)
    {
        if (actorPath.Address != DefaultAddress)
            return DeadLetters;
        var elements = actorPath.Elements;
        if (elements.Count == 0)
            return RootGuardian;
        if (elements[0] == "deadLetters" && elements.Count == 1)
            return DeadLetters;
        var found = elements[0] == "temp" ? _temp.GetChild([.. elements.Skip(1)]) : _root!.GetChild(elements);
        if (found.IsNobody() || (actorPath.Uid != ActorPath.UndefinedUid && actorPath.Uid != found.Path.Uid))
            return new EmptyLocalActorRef(this, actorPath, _system.EventStream);
        return found;
    }

    /// <summary>The parent of the root: learns of its end, and ends the system when it fails.</summary>
    private sealed class Outside(LocalActorRefProvider provider, ActorSystemImpl system) : MinimalActorRef
    {
        public override ActorPath Path { get; } = provider.RootPath / "bubble-walker";
        public override IActorRefProvider Provider => provider;

        public override void SendSystemMessage(ISystemMessage message)
        {
            switch (message)
            {
                case Failed failed:
                    system.Log.Error(failed.Cause, $"guardian {failed.Child} failed, shutting down!");
                    ((IInternalActorRef)failed.Child).Stop();
                    break;
                case DeathWatchNotification:
                    system.Finish();
                    break;
            }
        }
    }
}

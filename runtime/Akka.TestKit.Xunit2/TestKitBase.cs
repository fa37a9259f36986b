using System.Collections.Concurrent;
using Akka.Actor.Setup;

namespace Akka.TestKit;

/// <summary>The test kit apart from any test framework: a system, a test actor, and expectations about what
/// reaches it.</summary>
public abstract partial class TestKitBase : IActorRefFactory
{
    private static int _testActors;

    private readonly MessageQueue _queue = new();
    private readonly ITestKitAssertions _assertions;
    private ActorSystem _system = null!;
    private IActorRef _testActor = null!;
    private MessageEnvelope _lastMessage = NullMessageEnvelope.Instance;
    private bool _lastWasNoMsg;
    private TimeSpan? _end;

    protected TestKitBase(ITestKitAssertions assertions, ActorSystem? system = null, string? testActorName = null)
        : this(assertions, system, ActorSystemSetup.Empty, null, testActorName)
    {
    }

    protected TestKitBase(
        ITestKitAssertions assertions, Config config, string? actorSystemName = null, string? testActorName = null)
        : this(assertions, null, ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config)), actorSystemName,
            testActorName)
    {
    }

    protected TestKitBase(
        ITestKitAssertions assertions, ActorSystemSetup setup, string? actorSystemName = null,
        string? testActorName = null)
        : this(assertions, null, setup, actorSystemName, testActorName)
    {
    }

    private TestKitBase(
        ITestKitAssertions assertions, ActorSystem? system, ActorSystemSetup setup, string? actorSystemName,
        string? testActorName)
    {
        _assertions = assertions ?? throw new ArgumentNullException(nameof(assertions));
        InitializeTest(system, setup, actorSystemName, testActorName);
    }

    public static Config DefaultConfig { get; } = ConfigurationFactory.ParseString("""
        akka {
          loggers = ["Akka.TestKit.TestEventListener, Akka.TestKit"]
          suppress-json-serializer-warning = true
          test {
            timefactor = 1.0
            filter-leeway = 3s
            single-expect-default = 3s
            expect-no-message-default = 100ms
            default-timeout = 5s
            testkit.debug = false
          }
        }
        """);

    public static Config FullDebugConfig { get; } = ConfigurationFactory.ParseString("""
        akka {
          loglevel = DEBUG
          stdout-loglevel = DEBUG
          log-dead-letters-during-shutdown = true
          log-dead-letters = true
          actor.debug {
            receive = true
            autoreceive = true
            lifecycle = true
            event-stream = true
            unhandled = true
            fsm = true
            router-misconfiguration = true
          }
        }
        """);

    public ActorSystem Sys => _system;
    public TestKitSettings TestKitSettings { get; private set; } = null!;
    public IActorRef TestActor => _testActor;
    public IActorRef LastSender => _lastMessage.Sender;
    public object? LastMessage => _lastMessage.Message;
    public bool HasMessages => !_queue.IsEmpty;
    public EventFilterFactory EventFilter { get; private set; } = null!;
    public EventFilterFactory CreateEventFilter(ActorSystem system) => new(this, system);

    /// <summary>Drops messages on arrival for which the predicate holds.</summary>
    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) =>
        _testActor.Tell(new InternalTestActor.Ignore(shouldIgnoreMessage), ActorRefs.NoSender);
    public void IgnoreMessages<T>(Func<T, bool> shouldIgnoreMessage) =>
        IgnoreMessages(message => message is T ofType && shouldIgnoreMessage(ofType));
    public void IgnoreMessages<T>() => IgnoreMessages(message => message is T);

    public void IgnoreNoMessages() =>
        _testActor.Tell(new InternalTestActor.Ignore(null), ActorRefs.NoSender);

    public IActorRef Watch(IActorRef actorToWatch)
    {
        _testActor.Tell(new InternalTestActor.StartWatching(actorToWatch), ActorRefs.NoSender);
        return actorToWatch;
    }

    public Task<IActorRef> WatchAsync(IActorRef actorToWatch, CancellationToken cancellationToken = default) =>
        _testActor.Ask<IActorRef>(
            new InternalTestActor.StartWatching(actorToWatch), RemainingOrDefault, cancellationToken);

    public IActorRef Unwatch(IActorRef actorToUnwatch)
    {
        _testActor.Tell(new InternalTestActor.StopWatching(actorToUnwatch), ActorRefs.NoSender);
        return actorToUnwatch;
    }

    public Task<IActorRef> UnwatchAsync(IActorRef actorToUnwatch, CancellationToken cancellationToken = default) =>
        _testActor.Ask<IActorRef>(
            new InternalTestActor.StopWatching(actorToUnwatch), RemainingOrDefault, cancellationToken);

    public void SetAutoPilot(AutoPilot pilot) =>
        _testActor.Tell(new InternalTestActor.SetPilot(pilot), ActorRefs.NoSender);

    /// <summary>Shuts down this kit's system. Default wait: 5 s dilated, at most 10 s.</summary>
    public virtual void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        Shutdown(_system, duration, verifySystemShutdown);
        ImplicitSender.Release(_testActor);
    }

    public IActorRef CreateTestActor(string name) => NewTestActor(_system, name);
    public virtual TestProbe CreateTestProbe(string? name = null) => CreateTestProbe(_system, name);
    public TestProbe CreateTestProbe(ActorSystem system, string? name = null) => new(system, _assertions, name);
    public virtual TestLatch CreateTestLatch(int count = 1) => new(count, Dilated(TestKitSettings.DefaultTimeout));
    public TestBarrier CreateTestBarrier(int count) => new(this, count, Dilated(TestKitSettings.DefaultTimeout));

    protected virtual void Shutdown(
        ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        var standard = Dilated(TimeSpan.FromSeconds(5));
        var limit = duration ?? (standard < TimeSpan.FromSeconds(10) ? standard : TimeSpan.FromSeconds(10));
        if (((IAsyncResult)system.Terminate()).AsyncWaitHandle.WaitOne(limit)) return;
        var failure = $"Failed to stop [{system.Name}] within [{limit}]";
        if (verifySystemShutdown) throw new TimeoutException(failure);
        system.Log.Warning(failure);
    }

    protected void InitializeTest(
        ActorSystem? system, ActorSystemSetup config, string? actorSystemName, string? testActorName)
    {
        _system = system ?? CreateSystem(config, actorSystemName);
        TestKitSettings = TestKitExtension.For(_system);
        EventFilter = new EventFilterFactory(this);
        _testActor = NewTestActor(
            _system, testActorName ?? $"testActor{Interlocked.Increment(ref _testActors)}");
        if (this is not INoImplicitSender) ImplicitSender.Use(_testActor);
        else if (this is not TestProbe) ActorCell.Current = null;
    }

    private static ActorSystem CreateSystem(ActorSystemSetup setup, string? name)
    {
        var given = setup.Get<BootstrapSetup>();
        var bootstrap = given.HasValue ? given.Value : BootstrapSetup.Create();
        var config = bootstrap.Config.HasValue ? bootstrap.Config.Value.WithFallback(DefaultConfig) : DefaultConfig;
        return ActorSystem.Create(name ?? "test", setup.WithSetup(bootstrap.WithConfig(config)));
    }

    private IActorRef NewTestActor(ActorSystem system, string name)
    {
        var queue = _queue;
        return ((ExtendedActorSystem)system).SystemActorOf(
            Props.Create(() => new InternalTestActor(queue)), name);
    }
}

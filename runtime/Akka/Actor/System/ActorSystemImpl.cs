using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor.Internal;

/// <summary>The actor system of one process.</summary>
public partial class ActorSystemImpl : ExtendedActorSystem
{
    private static readonly Config Reference = ConfigurationFactory.Default();

    private readonly ConcurrentStack<Action> _onTermination = new();
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LocalActorRefProvider _provider;
    private readonly Lazy<TimerWheel> _wheel;
    private int _terminating;

    internal ActorSystemImpl(string name, ActorSystemSetup setup)
    {
        if (!ValidName().IsMatch(name))
            throw new ArgumentException(
                $"Invalid ActorSystem name [{name}], must contain only word characters (i.e. [a-zA-Z0-9] plus " +
                "non-leading '-' or '_')", nameof(name));
        Name = name;
        Setup = setup;
        var bootstrap = setup.Get<BootstrapSetup>();
        var config = bootstrap.HasValue && bootstrap.Value.Config.HasValue
            ? bootstrap.Value.Config.Value.WithFallback(Reference)
            : Reference;
        Time = setup.Get<TimeSetup>() is { HasValue: true } time ? time.Value.Time : TimeProvider.System;
        Settings = new Settings(this, config, setup);
        EventStream = new EventStream(Settings.DebugEventStream);
        EventStream.StartStdoutLogger(Settings);
        Log = new BusLogging(EventStream, $"ActorSystem({name})", GetType(), Settings.LogFormatter);
        Dispatchers = new Dispatchers(config);
        Mailboxes = new Mailboxes(this);
        Scheduler = CreateScheduler();
        StartTime = Scheduler.MonotonicClock;
        _wheel = new Lazy<TimerWheel>(OwnWheel);
        _provider = new LocalActorRefProvider(this);
    }

    public ActorSystemSetup Setup { get; }
    public override Settings Settings { get; }
    public override string Name { get; }
    public override Dispatchers Dispatchers { get; }
    public override Mailboxes Mailboxes { get; }
    public override EventStream EventStream { get; }
    public override IScheduler Scheduler { get; }
    public override ILoggingAdapter Log { get; }
    public override IActorRefProvider Provider => _provider;
    public override IActorRef DeadLetters => _provider.DeadLetters;
    public override IInternalActorRef LookupRoot => _provider.RootGuardian;
    public override IInternalActorRef Guardian => _provider.Guardian;
    public override IInternalActorRef SystemGuardian => _provider.SystemGuardian;
    public override Task WhenTerminated => _terminated.Task;

    internal TimeProvider Time { get; }

    /// <summary>For timeouts that the configured scheduler has no part in, such as those of Ask.</summary>
    internal TimerWheel Wheel => _wheel.Value;

    /// <summary>What <see cref="Terminate"/> does; the shutdown phases put themselves here.</summary>
    internal Func<Task>? TerminateThrough { get; set; }

    internal bool IsTerminating => Volatile.Read(ref _terminating) != 0;

    internal void Start()
    {
        try
        {
            _provider.Start();
            EventStream.StartUnsubscriber(this);
            EventStream.StartDefaultLoggers(this);
            if (Settings.LogDeadLetters > 0)
                LogDeadLetters();
            if (Settings.DebugUnhandledMessage)
                EventStream.Subscribe<UnhandledMessage>(
                    SystemActorOf(Props.Create<UnhandledMessageForwarder>(), "UnhandledMessageForwarder"));
            if (Settings.LogConfigOnStart)
                Log.Info(Settings.ToString());
        }
        catch
        {
            if (_provider.IsStarted)
                _ = FinalTerminate();
            else
                Finish();
            throw;
        }
    }

    public override IActorRef ActorOf(Props props, string? name = null) => _provider.GuardianCell.ActorOf(props, name);

    public override IActorRef SystemActorOf(Props props, string? name = null) =>
        _provider.SystemGuardianCell.AttachChild(props, name);

    public override IActorRef SystemActorOf<TActor>(string? name = null) => SystemActorOf(Props.Create<TActor>(), name);
    public override ActorSelection ActorSelection(ActorPath actorPath) => Akka.Actor.ActorSelection.Of(actorPath, this);

    public override ActorSelection ActorSelection(string actorPath) =>
        Akka.Actor.ActorSelection.Of(actorPath, this, LookupRoot);

    public override void Stop(IActorRef actor)
    {
        var parent = ((IInternalActorRef)actor).Parent;
        if (parent.Equals(Guardian) || parent.Equals(SystemGuardian))
            parent.Tell(new StopChild(actor), ActorRefs.NoSender);
        else
            ((IInternalActorRef)actor).Stop();
    }

    public override void RegisterOnTermination(Action code)
    {
        if (WhenTerminated.IsCompleted)
            throw new InvalidOperationException($"ActorSystem [{Name}] has terminated already");
        _onTermination.Push(code);
    }

    public override Task Terminate()
    {
        if (TerminateThrough is not { } through)
            return FinalTerminate();
        _ = through();
        return WhenTerminated;
    }

    internal override Task FinalTerminate()
    {
        if (Interlocked.Exchange(ref _terminating, 1) == 0)
        {
            if (!Settings.LogDeadLettersDuringShutdown && _deadLetterListener is { } listener)
                Stop(listener);
            _provider.Guardian.Stop();
        }
        return WhenTerminated;
    }

    /// <summary>The root has stopped: nothing runs any more but what is told so here.</summary>
    internal void Finish()
    {
        while (_onTermination.TryPop(out var callback))
        {
            try
            {
                callback();
            }
            catch (Exception e)
            {
                Log.Error(e, "A termination callback failed");
            }
        }
        (Scheduler as IDisposable)?.Dispose();
        if (_wheel.IsValueCreated)
            _wheel.Value.Dispose();
        Dispatchers.Stop();
        _terminated.TrySetResult();
    }

    public override string ToString() => $"akka://{Name}";

    private IActorRef? _deadLetterListener;

    private void LogDeadLetters() =>
        _deadLetterListener = SystemActorOf(Props.Create<DeadLetterListener>(), "deadLetterListener");

    private IScheduler CreateScheduler()
    {
        var name = Settings.SchedulerClass;
        if (name.Split(',')[0] == typeof(HashedWheelTimerScheduler).FullName)
            return new HashedWheelTimerScheduler(Settings.Config, Log, Time);
        var type = Akka.Util.TypeNames.Find(name)
            ?? throw new ConfigurationException($"akka.scheduler.implementation [{name}] cannot be found");
        return (IScheduler)Activator.CreateInstance(type, Settings.Config, Log)!;
    }

    private TimerWheel OwnWheel() => (Scheduler as HashedWheelTimerScheduler)?.Wheel ??
        new TimerWheel(Time, TimeSpan.FromMilliseconds(10), 512, e => Log.Error(e, "A timeout failed"));

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9-_]*$")]
    private static partial Regex ValidName();
}

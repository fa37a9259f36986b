using System.Collections.Concurrent;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// Stops the services of an actor system in an ordered way: phase after phase, the tasks of one phase together, each
/// phase within its timeout, and the system itself last.
/// </summary>
public sealed class CoordinatedShutdown : IExtension
{
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";
    public const string PhaseServiceUnbind = "service-unbind";
    public const string PhaseServiceRequestsDone = "service-requests-done";
    public const string PhaseServiceStop = "service-stop";
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";
    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";
    public const string PhaseClusterLeave = "cluster-leave";
    public const string PhaseClusterExiting = "cluster-exiting";
    public const string PhaseClusterExitingDone = "cluster-exiting-done";
    public const string PhaseClusterShutdown = "cluster-shutdown";
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private readonly IReadOnlyDictionary<string, ShutdownPhase> _phases;
    private readonly IReadOnlyList<string> _order;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<(string Name, Func<Task<Done>> Body)>> _tasks = new();
    private readonly ConcurrentQueue<Func<Task<Done>>> _clrHooks = new();
    private readonly TaskCompletionSource<Done> _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILoggingAdapter _log;
    private readonly EventHandler _onProcessExit;
    private Reason? _reason;

    internal CoordinatedShutdown(ExtendedActorSystem system)
    {
        System = system;
        _log = Logging.GetLogger(system, this);
        var settings = system.Settings.Config.GetConfig("akka.coordinated-shutdown")
            ?? throw ConfigurationException.NullOrEmptyConfig<CoordinatedShutdown>("akka.coordinated-shutdown");
        _phases = ShutdownPhases.Read(settings);
        _order = ShutdownPhases.Sort(_phases);
        _onProcessExit = (_, _) => RunClrHooks();

        var exit = settings.GetBoolean("exit-clr");
        var terminate = settings.GetBoolean("terminate-actor-system", true);
        var runByTerminate = settings.GetBoolean("run-by-actor-system-terminate", true);
        if (runByTerminate && !terminate)
            throw new ConfigurationException("akka.coordinated-shutdown.run-by-actor-system-terminate must be off "
                + "when terminate-actor-system is off.");
        if (runByTerminate)
            ((ActorSystemImpl)system).TerminateThrough = () => Run(ActorSystemTerminateReason.Instance);
        if (exit || terminate)
            AddTask(PhaseActorSystemTerminate, "terminate-system", () => TerminateSystem(terminate, exit));
        AppDomain.CurrentDomain.ProcessExit += _onProcessExit;
        if (settings.GetBoolean("run-by-clr-shutdown-hook", true))
            AddClrShutdownHook(() => Run(ClrExitReason.Instance));
        _ = ForgetProcessWithSystem();
    }

    public ExtendedActorSystem System { get; }

    /// <summary>The reason given to the first <see cref="Run"/>, or null before it.</summary>
    public Reason? ShutdownReason => Volatile.Read(ref _reason);

    /// <summary>The longest the whole shutdown can take.</summary>
    public TimeSpan TotalTimeout => _tasks.Keys.Aggregate(TimeSpan.Zero, (total, phase) => total + Timeout(phase));

    public static CoordinatedShutdown Get(ActorSystem sys) =>
        sys.WithExtension<CoordinatedShutdown, CoordinatedShutdownExtension>();

    /// <summary>Adds a task to a phase; after that phase has begun it does not run.</summary>
    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        Require(phase);
        ArgumentException.ThrowIfNullOrEmpty(taskName);
        _tasks.GetOrAdd(phase, static _ => new()).Enqueue((taskName, task));
    }

    /// <summary>Adds a hook that runs when the process exits.</summary>
    public void AddClrShutdownHook(Func<Task<Done>> hook) => _clrHooks.Enqueue(hook);

    /// <summary>Runs the phases; the first call does, the later ones get its outcome.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="fromPhase">Leaves out what comes before this phase.</param>
    public Task<Done> Run(Reason reason, string? fromPhase = null)
    {
        if (fromPhase is not null)
            Require(fromPhase);
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
            _ = RunPhases(_order.SkipWhile(phase => fromPhase is not null && phase != fromPhase));
        return _completed.Task;
    }

    public TimeSpan Timeout(string phase) => _phases.TryGetValue(phase, out var configured)
        ? configured.Timeout
        : throw new ArgumentException($"Unknown phase [{phase}]. All phases must be defined in configuration.");

    private void Require(string phase)
    {
        if (!_phases.ContainsKey(phase))
            throw new ConfigurationException(
                $"Unknown phase [{phase}], known phases [{string.Join(",", _phases.Keys)}]. "
                + "All phases (along with their optional dependencies) must be defined in configuration.");
    }

    private async Task RunPhases(IEnumerable<string> phases)
    {
        try
        {
            // The caller may be an actor: its thread is not for the tasks.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            foreach (var name in phases)
                if (_phases.TryGetValue(name, out var phase) && _tasks.TryGetValue(name, out var tasks))
                    await RunPhase(name, phase, [.. tasks]);
            _completed.TrySetResult(Done.Instance);
        }
        catch (Exception failure)
        {
            _completed.TrySetException(failure);
        }
    }

    private async Task RunPhase(string name, ShutdownPhase phase, (string Name, Func<Task<Done>> Body)[] tasks)
    {
        if (!phase.Enabled)
        {
            _log.Info("Phase [{0}] disabled through configuration, skipping [{1}] tasks.", name, tasks.Length);
            return;
        }
        _log.Debug("Performing phase [{0}] with [{1}] tasks.", name, tasks.Length);
        // Not on the scheduler: the system, and that with it, may end while this runs.
        using var inTime = new CancellationTokenSource();
        var late = Task.Delay(phase.Timeout, ((ActorSystemImpl)System).Time, inTime.Token);
        var all = Task.WhenAll(tasks.Select(task => RunTask(name, phase, task.Name, task.Body)));
        if (await Task.WhenAny(all, late) == all)
        {
            await inTime.CancelAsync();
            await all;
        }
        else if (phase.Recover)
        {
            _log.Warning("Coordinated shutdown phase [{0}] timed out after {1}", name, phase.Timeout);
        }
        else
        {
            throw new TimeoutException($"Coordinated shutdown phase [{name}] timed out after {phase.Timeout}");
        }
    }

    private async Task RunTask(string phaseName, ShutdownPhase phase, string taskName, Func<Task<Done>> body)
    {
        try
        {
            // A task that blocks must not hold up the others, nor the clock.
            await Task.Run(body);
        }
        catch (Exception failure) when (phase.Recover)
        {
            _log.Warning("Task [{0}] failed in phase [{1}]: {2}", taskName, phaseName, failure.Message);
        }
    }

    private async Task<Done> TerminateSystem(bool terminate, bool exit)
    {
        if (terminate)
            await System.FinalTerminate();
        // A process that is exiting waits for this very task, whichever of the two began.
        if (exit && !ReferenceEquals(ShutdownReason, ClrExitReason.Instance))
        {
            AppDomain.CurrentDomain.ProcessExit -= _onProcessExit;
            Environment.Exit(0);
        }
        return Done.Instance;
    }

    private async Task ForgetProcessWithSystem()
    {
        await System.WhenTerminated;
        AppDomain.CurrentDomain.ProcessExit -= _onProcessExit;
    }

    /// <summary>The process ends when this returns: it holds the thread until the hooks are done.</summary>
    private void RunClrHooks()
    {
        using var done = new ManualResetEventSlim();
        _ = Task.WhenAll(_clrHooks.Select(hook => hook())).ContinueWith(
            _ => done.Set(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        done.Wait(TotalTimeout);
    }

    /// <summary>Why the shutdown runs; derive from it for reasons of your own.</summary>
    public class Reason
    {
        protected Reason() { }
    }

    /// <summary>Nobody gave a reason.</summary>
    public class UnknownReason : Reason
    {
        private UnknownReason() { }

        public static readonly Reason Instance = new UnknownReason();
    }

    /// <summary><see cref="ActorSystem.Terminate"/> was called.</summary>
    public class ActorSystemTerminateReason : Reason
    {
        private ActorSystemTerminateReason() { }

        public static readonly Reason Instance = new ActorSystemTerminateReason();
    }

    /// <summary>The process or its host ends.</summary>
    public class ClrExitReason : Reason
    {
        private ClrExitReason() { }

        public static readonly Reason Instance = new ClrExitReason();
    }
}

/// <summary>Gives each actor system one <see cref="CoordinatedShutdown"/>.</summary>
public sealed class CoordinatedShutdownExtension : ExtensionIdProvider<CoordinatedShutdown>
{
    public override CoordinatedShutdown CreateExtension(ExtendedActorSystem system) => new(system);
}

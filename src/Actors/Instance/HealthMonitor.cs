using Akka.Actor;
using AkkaComfy.Actors.Execution;
using AkkaComfy.ComfyUI;
using AkkaComfy.Core.Health;
using AkkaComfy.Messages;
using Microsoft.Extensions.Logging;

namespace AkkaComfy.Actors.Instance;

/// <summary>Probes one instance and keeps its circuit; tells the instance whatever it finds.</summary>
/// <remarks>
/// The circuit is a pure value (<see cref="Circuit"/>, where the diagram stands). This actor owns the clock: a probe at
/// every due time of the schedule, and one on demand before each submission, shared by all who ask at once.
/// </remarks>
public sealed class HealthMonitor : ReceiveActor, IWithTimers
{
    /// <summary>A success this recent answers a check without another probe.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMilliseconds(500);

    /// <summary>The client ends a probe long before: this is for one that is never answered at all.</summary>
    private const int OverdueAfterTimeouts = 10;

    private readonly InstanceServices _services;
    private readonly CircuitOptions _options;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _lifetime = new();
    private readonly List<IActorRef> _asking = [];
    private Circuit _circuit = Circuit.New;
    private DateTimeOffset? _lastCheckAt;
    private DateTimeOffset? _lastSuccessAt;
    private DateTimeOffset? _lastSignAt;
    private string? _lastFault;
    private CancellationTokenSource? _probe;
    private DateTimeOffset _phaseSince;
    private bool _targetsInterrupts;
    private ServerFacts? _server;

    public HealthMonitor(InstanceServices services)
    {
        _services = services;
        _options = new CircuitOptions(new ProbeSchedule(services.Options.HealthCheckInterval));
        _log = services.Logs.CreateLogger<HealthMonitor>();

        Receive<Tick>(_ => Probe());
        Receive<Health.Check>(_ => Check());
        Receive<Probed>(probed => ReferenceEquals(probed.Probe, _probe), Settle);
        Receive<Health.Observed>(Observe);
        Receive<Health.Worked>(_ => Become(_circuit.WorkSucceeded(Now)));
        Receive<Health.ProvedNothing>(_ => Become(_circuit.TrialEnded()));
        Receive<Health.Suspected>(_ => !_circuit.InDoubt, _ => Probe());
        Receive<Health.Alive>(_ => _lastSignAt = Now);
        Receive<Health.Isolate>(isolate => Become(_circuit.Isolate(isolate.Reason, Now)));
        Receive<Health.Resume>(_ => Become(_circuit.Resume()));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private DateTimeOffset Now => Context.System.Scheduler.Now;

    protected override void PreStart()
    {
        _phaseSince = Now;
        Context.Parent.Tell(Health.Started.Instance);
        Probe();
    }

    /// <summary>Who still waits for an answer asks the next incarnation.</summary>
    protected override void PreRestart(Exception reason, object message)
    {
        _asking.ForEach(asker => Self.Tell(Health.Check.Instance, asker));
        base.PreRestart(reason, message);
    }

    protected override void PostStop()
    {
        _lifetime.Cancel();
        _lifetime.Dispose();
    }

    private void Check()
    {
        if (!_circuit.AllowsStart)
        {
            // Given while the circuit opened, or while another job already tries a half-open one.
            Sender.Tell(new Health.Checked(new ComfyFault(
                ComfyCause.Unreachable, ComfyUI.Blame.Network, $"The instance takes no work: {_circuit.Reason}")));
            return;
        }

        Become(_circuit.TrialBegan());
        if (!_circuit.InDoubt && Now - _lastSuccessAt < Recent)
        {
            Sender.Tell(new Health.Checked(null));
        }
        else
        {
            _asking.Add(Sender);
            Probe();
        }
    }

    private void Probe()
    {
        Become(_circuit.Probing(Now));
        if (_probe is not null)
        {
            return;
        }

        var (begunAt, probe) = (Now, _probe = CancellationTokenSource.CreateLinkedTokenSource(_lifetime.Token));
        var limit = _services.Options.HealthCheckTimeout * OverdueAfterTimeouts;
        Timers.StartSingleTimer(nameof(Probed), new Probed(probe, begunAt, null, Overdue(limit)), limit);
        _services.Client.GetSystemStatsAsync(probe.Token).PipeTo(Self,
            success: stats => new Probed(probe, begunAt, stats, null),
            failure: exception => new Probed(probe, begunAt, null, Faults.Of(exception)));
    }

    private static ComfyFault Overdue(TimeSpan limit) => new(
        ComfyCause.NoAnswer, ComfyUI.Blame.Network, $"The probe was not answered within {limit.TotalSeconds:0.#} s.");

    private void Settle(Probed probed)
    {
        _probe!.Cancel();
        _probe.Dispose();
        _probe = null;
        Timers.Cancel(nameof(Probed));
        _lastCheckAt = Now;
        if (probed.Stats is { } stats)
        {
            _targetsInterrupts = stats.TargetsInterrupts;
            _server = FactsOf(stats);
        }

        var fault = probed.Fault is { Cause: ComfyCause.NoAnswer } && _lastSignAt > probed.BegunAt ? null : probed.Fault;
        _lastFault = fault?.Message;
        if (fault is null)
        {
            _lastSuccessAt = Now;
            Become(_circuit.Succeeded(Now));
        }
        else
        {
            Become(_circuit.Failed(_options, fault.Message, probed.BegunAt, Now));
        }

        foreach (var asker in _asking)
        {
            asker.Tell(new Health.Checked(fault));
        }

        _asking.Clear();
        Timers.StartSingleTimer(Tick.Instance, Tick.Instance, _options.Probes.Next(_circuit));
        Tell();
    }

    private void Observe(Health.Observed observed)
    {
        var error = observed.Error;
        var before = _circuit;
        Become(error switch
        {
            { Code: Faults.DeadWorkerCode or Faults.CudaFaultCode } =>
                _circuit.Trip(_options, error.Message, CircuitCure.Work, Now),
            { Blame: Messages.Blame.Network } =>
                _circuit.Failed(_options, error.Message, observed.BegunAt, Now),
            { Blame: Messages.Blame.Worker } =>
                _circuit.WorkFailed(_options, error.Message, observed.BegunAt, Now),
            _ => _circuit.TrialEnded(),
        });
        var opened = before.Phase != CircuitPhase.Open && _circuit.Phase == CircuitPhase.Open;
        if (opened || (!before.InDoubt && _circuit.InDoubt))
        {
            Timers.StartSingleTimer(Tick.Instance, Tick.Instance, _options.Probes.Next(_circuit));
        }
    }

    private void Become(Circuit now)
    {
        var before = _circuit;
        _circuit = now;
        if (before.Phase != now.Phase)
        {
            Announce(before, now);
        }

        if (before.Phase != now.Phase || before.AllowsWork != now.AllowsWork)
        {
            Tell();
        }
    }

    /// <summary>Each transition is logged and published once, with its reason and how long the last phase took.</summary>
    private void Announce(Circuit before, Circuit now)
    {
        var at = Now;
        var changed = new Instances.CircuitChanged(
            _services.Id, before.Phase, now.Phase, now.Reason, at, at - _phaseSince);
        _phaseSince = at;
        _log.Log(
            LevelOf(changed),
            "Circuit of {Instance}: {From} -> {To} after {Seconds:0.0} s: {Reason}; not closed for {Outage:0.0} s",
            changed.Id, changed.From, changed.To, changed.After.TotalSeconds, changed.Why ?? "well",
            (at - (before.OpenSince ?? at)).TotalSeconds);
        Context.System.EventStream.Publish(changed);
    }

    /// <summary>The trials of an instance that stays away come and go; its loss and its return are news.</summary>
    private static LogLevel LevelOf(Instances.CircuitChanged changed) => changed switch
    {
        { To: CircuitPhase.HalfOpen } or { From: CircuitPhase.HalfOpen, To: CircuitPhase.Open } => LogLevel.Debug,
        { To: CircuitPhase.Open } => LogLevel.Warning,
        _ => LogLevel.Information,
    };

    private void Tell() => Context.Parent.Tell(new Health.Report(
        _circuit.Phase, _circuit.AllowsWork && _lastCheckAt is not null, _lastCheckAt, _lastFault)
    {
        TargetsInterrupts = _targetsInterrupts,
        Server = _server,
    });

    private ServerFacts FactsOf(SystemStats stats) => new(
        Now, stats.Version, stats.PythonVersion, stats.PytorchVersion, stats.Os, stats.RamTotal, stats.RamFree,
        [.. stats.Devices.Select(device => new DeviceFacts(
            device.Name, device.Type, device.VramTotal, device.VramFree))]);

    public static Props Props(InstanceServices services) =>
        Akka.Actor.Props.Create(() => new HealthMonitor(services));

    private sealed record Tick
    {
        public static Tick Instance { get; } = new();
    }

    /// <param name="Probe">Which it answers: an earlier one, or one of an earlier incarnation, says nothing.</param>
    private sealed record Probed(object Probe, DateTimeOffset BegunAt, SystemStats? Stats, ComfyFault? Fault);
}

using Akka.Actor;
using AkkaComfy.Actors.Execution;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Instance;

/// <summary>The slots of one ComfyUI: supervises its health monitor, its connections and its executions.</summary>
/// <remarks>
/// Children: <c>health</c>, <c>nodes</c>, <c>strays</c>, <c>connection-n</c>, <c>&lt;job&gt;-&lt;attempt&gt;</c>. Restarted, it has lost them all: it tells its
/// supervisor that it is ready, is handed its running jobs again, and their executions find their prompts by id.
/// </remarks>
public sealed partial class InstanceActor : ReceiveActor, IWithTimers
{
    private readonly InstanceServices _services;
    private readonly ConnectionPool _connections;
    private readonly Dictionary<IActorRef, Executions.Run> _running = [];
    private readonly Dictionary<IActorRef, Executions.Abort> _aborted = [];
    private readonly IActorRef _health;
    private readonly IActorRef _strays;
    private Health.Report _lastReport = new(CircuitPhase.Closed, AcceptsWork: false, null, null);
    private InstanceSnapshot? _told;
    private int _connectionsMade;

    public InstanceActor(InstanceServices services)
    {
        _services = services;
        _connections = new ConnectionPool(services.Options.MaxConnectionsPerInstance);
        _health = Context.WatchWith(
            Context.ActorOf(HealthMonitor.Props(services), "health"), HealthEnded.Instance);
        _strays = Context.ActorOf(StraySweeper.Props(services), "strays");
        _nodes = HireNodesReader();
        _known = NodesReader.Unknown(services);

        Receive<Executions.Run>(Run);
        Receive<Executions.Abort>(abort =>
        {
            var execution = Child(abort.JobId, abort.Attempt);
            if (_reading.ContainsKey((abort.JobId, abort.Attempt)))
            {
                _reading[(abort.JobId, abort.Attempt)] = true;
            }
            else if (_running.ContainsKey(execution))
            {
                _aborted[execution] = abort;
                execution.Tell(abort);
            }
        });
        Receive<ExecutionActor.Restarted>(_ =>
        {
            if (_aborted.TryGetValue(Sender, out var abort))
            {
                Sender.Tell(abort);
            }
        });
        Receive<ExecutionActor.LeftBehind>(_ => _strays.Tell(StraySweeper.Expect.Instance));
        Receive<Executions.Release>(release => Child(release.JobId, release.Attempt).Forward(release));
        Receive<Executions.Started>(started => Context.Parent.Tell(started));
        Receive<Executions.Progressed>(progressed => Context.Parent.Tell(progressed));
        Receive<Executions.IReport>(Ended);
        Receive<ExecutionEnded>(ended => Crashed(ended.Execution));

        // One asked for before a restart would be leased to nobody, for ever.
        Receive<Connections.Lease>(_ => _running.ContainsKey(Sender), _ => Lease(Sender));
        Receive<Connections.Return>(_ => ReturnConnection(Sender));
        Receive<Connections.Changed>(changed =>
        {
            if (_connections.Changed(Sender, changed.State, changed.ClientId))
            {
                _nodes.Tell(Capabilities.Refresh.Instance);
            }

            TellSnapshot();
        });
        Receive<Connections.Alive>(_ => _health.Tell(Health.Alive.Instance));
        Receive<ConnectionEnded>(ended =>
        {
            _connections.Remove(ended.Connection);
            TellSnapshot();
        });

        Receive<Health.Report>(_ => Sender.Equals(_health), report =>
        {
            if (report.AcceptsWork && !_lastReport.AcceptsWork)
            {
                _strays.Tell(StraySweeper.Sweep.Instance);
            }

            _lastReport = report;
            KeepOneConnection();
            KeepNodesKnown();
            TellSnapshot();
        });
        Receive<Instances.Tagged>(tagged => Context.Parent.Forward(tagged));
        Receive<HealthEnded>(_ => throw new InvalidOperationException("the health monitor stopped for good"));
        ReceiveEligibility();
        ReceiveGraphs();
    }

    protected override void PreStart() => Context.Parent.Tell(new Instances.Ready(_services.Id));

    protected override SupervisorStrategy SupervisorStrategy() => Supervision.InstanceChildren;

    private void Run(Executions.Run run)
    {
        if (!Child(run.JobId, run.Attempt).IsNobody() || _reading.ContainsKey((run.JobId, run.Attempt)))
        {
            return;
        }

        if (run.Inputs.Graph is { } graph)
        {
            ReadGraph(run, graph);
        }
        else if (_services.Workflows.TryFind(run.Workflow, out var workflow))
        {
            Execute(run, workflow);
        }
        else if (run.Adopt)
        {
            Execute(run, Workflow.Gone(run.Workflow));
        }
        else
        {
            Context.Parent.Tell(new Executions.Faulted(run.JobId, run.Attempt, new JobError(
                "unknown_workflow", Blame.Client, $"The workflow '{run.Workflow}' no longer exists.")));
        }
    }

    private void Execute(Executions.Run run, Workflow workflow)
    {
        var name = Name(run.JobId, run.Attempt);
        var execution = Context.ActorOf(
            ExecutionActor.Props(run, workflow, _services, _health, _lastReport.TargetsInterrupts), name);
        Context.WatchWith(execution, new ExecutionEnded(execution));
        _running.Add(execution, run);
        TellSnapshot();
    }

    /// <summary>
    /// A second report, of one that restarted after its first, or one from before a restart here, is the supervisor's
    /// to recognise: it releases what is over, which would otherwise wait for that for ever.
    /// </summary>
    private void Ended(Executions.IReport report)
    {
        Context.Parent.Tell(report);
        if (_running.Remove(Sender))
        {
            _aborted.Remove(Sender);
            ReturnConnection(Sender);
            TellSnapshot();
        }
    }

    /// <summary>An execution that stops without having reported has failed beyond its restarts: a bug of ours.</summary>
    private void Crashed(IActorRef execution)
    {
        if (_running.Remove(execution, out var run))
        {
            _aborted.Remove(execution);
            _health.Tell(Health.ProvedNothing.Instance);
            _strays.Tell(StraySweeper.Expect.Instance);
            Context.Parent.Tell(new Executions.Faulted(run.JobId, run.Attempt, new JobError(
                "internal_error", Blame.Us, "The execution failed repeatedly inside this service; see its log.")
            {
                Instance = _services.Id,
            }));
            ReturnConnection(execution);
            TellSnapshot();
        }
    }

    private void Lease(IActorRef execution)
    {
        if (_connections.Lease(execution) is { } leased)
        {
            execution.Tell(leased);
        }
        else if (_connections.CanGrow)
        {
            Connect();
            ReturnConnection(execution);
            Lease(execution);
        }
    }

    private void ReturnConnection(IActorRef execution)
    {
        if (_connections.Return(execution) is { } next)
        {
            Lease(next);
        }
    }

    /// <summary>An instance that answers has a socket ready before the first job needs it.</summary>
    private void KeepOneConnection()
    {
        if (_services.Options.Tracking == Tracking.WebSocket && _lastReport.AcceptsWork && _connections.States.IsEmpty)
        {
            Connect();
        }
    }

    private void Connect()
    {
        var clientId = ConnectionActor.NewClientId();
        var connection = Context.ActorOf(
            ConnectionActor.Props(_services, clientId), $"connection-{++_connectionsMade}");
        Context.WatchWith(connection, new ConnectionEnded(connection));
        _connections.Add(connection, clientId);
    }

    private void TellSnapshot()
    {
        var now = new InstanceSnapshot(
            _services.Id,
            _services.Endpoint.Host,
            _isDraining ? InstanceState.Draining : State(_lastReport),
            _lastReport.Circuit,
            _running.Count,
            _services.Options.MaxJobsPerInstance,
            _lastReport.LastCheckAt,
            _lastReport.LastFault,
            _connections.States)
        {
            Traits = _services.Traits,
            Lacks = _known.Lacks,
            NodesReadAt = _known.ReadAt,
            Server = _lastReport.Server,
        };
        if (_told is null || !now.Equals(_told with { Connections = now.Connections })
            || !now.Connections.SequenceEqual(_told.Connections))
        {
            _told = now;
            Context.Parent.Tell(new Instances.Changed(now));
        }
    }

    private static InstanceState State(Health.Report report) => report switch
    {
        { Circuit: CircuitPhase.Isolated } => InstanceState.Draining,
        { AcceptsWork: true } => InstanceState.Up,
        { LastCheckAt: null } => InstanceState.Starting,
        _ => InstanceState.Open,
    };

    private static IActorRef Child(JobId job, int attempt) => Context.Child(Name(job, attempt));

    private static string Name(JobId job, int attempt) => $"{job}-{attempt}";

    public static Props Props(InstanceServices services) =>
        Akka.Actor.Props.Create(() => new InstanceActor(services));

    private sealed record ExecutionEnded(IActorRef Execution);

    private sealed record ConnectionEnded(IActorRef Connection);

    private sealed record HealthEnded
    {
        public static HealthEnded Instance { get; } = new();
    }
}

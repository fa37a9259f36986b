using System.Net;
using Akka.Actor;
using AkkaComfy.Actors.Instance;
using AkkaComfy.Actors.Telemetry;
using AkkaComfy.ComfyUI;
using AkkaComfy.Core.Progress;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Messages;
using Microsoft.Extensions.Logging;

namespace AkkaComfy.Actors.Execution;

/// <summary>One attempt of one job on one instance.</summary>
/// <remarks><code>
///  checking ─▶ preparing ─▶ submitting ─▶ following ─▶ collecting ─▶ reported ─▶ (released: stops)
///      │           │            │  ▲         │ ▲            │
///      │           │            ▼  │         ▼ │            │
///      └───────────┴──────▶   seeking      ending ──────────┘      every step may report a fault instead
/// </code>
/// What the socket says only tells when to look; what queue and history say decides. Ending is the loop that
/// takes a prompt off its instance (a cancel, or the deadline passed): look, delete or interrupt, look again.
/// Restarted by its supervisor, an execution looks for its prompt before it does anything else.
/// </remarks>
public sealed partial class ExecutionActor : ReceiveActor, IWithTimers
{
    /// <summary>How long a submission waits for a connection; without one the execution follows by polling.</summary>
    private static readonly TimeSpan LeaseWait = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan CheckWait = TimeSpan.FromSeconds(5);

    private readonly Executions.Run _run;
    private readonly InstanceServices _services;
    private readonly IActorRef _health;
    private readonly Workflow _workflow;
    private readonly bool _targetsInterrupts;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _lifetime = new();
    private readonly ProgressTracker _progress;

    private AttemptSpan _span = AttemptSpan.None;
    private bool _adopt;
    private object _epoch = new();
    private string _promptId;
    private PromptTerms _terms;
    private PromptRequest? _request;
    private Connections.Leased? _lease;
    private string? _postedAs;
    private bool _online;
    private bool _started;
    private bool _following;
    private bool _hinted;
    private bool _aborting;
    private bool _endIsRead;
    private bool _interrupted;
    private bool _submitted;
    private CollectedOutputs? _outputs;

    public ExecutionActor(
        Executions.Run run, Workflow workflow, InstanceServices services, IActorRef health, bool targetsInterrupts)
    {
        _targetsInterrupts = targetsInterrupts;
        _run = run;
        _services = services;
        _health = health;
        _workflow = workflow;
        _log = services.Logs.CreateLogger<ExecutionActor>();
        _context = [new("JobId", run.JobId), new("Instance", services.Id), new("Attempt", run.Attempt)];
        _adopt = run.Adopt;
        _promptId = run.PromptId.Value;
        _terms = PromptPlacement.TermsOf(workflow, Options.ExecutionTimeout);
        if (_adopt)
        {
            // Until the prompt is found, nobody knows of which version it was made.
            _terms = _terms with { Version = null };
        }

        _progress = new ProgressTracker(workflow);
        Become(Checking);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private FleetOptions Options => _services.Options;

    private IComfyClient Comfy => _services.Client;

    private PromptTag Tag => PromptPlacement.TagOf(_run, Options.Gateway);

    protected override void PreStart()
    {
        _span = AttemptSpan.Begin(_run, _services.Id, _adopt);
        using var _ = _span.Enter();
        if (_adopt)
        {
            Seek(SeekingTime);
            return;
        }

        _health.Tell(Health.Check.Instance);
        Timers.StartSingleTimer(Timer.Check, Timer.Check, CheckWait);
    }

    protected override void PostRestart(Exception reason)
    {
        _adopt = true;
        Context.Parent.Tell(Restarted.Instance);
        base.PostRestart(reason);
    }

    protected override void PostStop()
    {
        _lifetime.Cancel();
        _lifetime.Dispose();
        _outputs?.Dispose();
        _span.Abandoned();
    }

    /// <summary>Outputs that arrive after all is over are let go of, or their files would be held for ever.</summary>
    protected override void Unhandled(object message)
    {
        if (message is Steps.Collected late)
        {
            late.Guard.Unregister();
            late.Outputs.Dispose();
        }

        base.Unhandled(message);
    }

    /// <summary>Asks whether the instance answers at all, before an attempt is charged to the job.</summary>
    private void Checking()
    {
        Receive<Health.Checked>(answer =>
        {
            Timers.Cancel(Timer.Check);
            if (answer.Fault is { } fault)
            {
                Refused(fault.ToJobError(_services.Id));
            }
            else
            {
                Prepare();
            }
        });
        Receive<Timer>(timer => timer == Timer.Check, _ =>
        {
            _health.Tell(Health.ProvedNothing.Instance);
            Refused(new JobError(
                "instance_unavailable", Messages.Blame.Network, "The instance was not checked in time.")
            {
                Instance = _services.Id,
            });
        });
        Receive<Executions.Abort>(_ => ReportAborted());
    }

    private void Submitting()
    {
        Receive<Steps.Submitted>(Fresh, step =>
        {
            Identify(step.Accepted.PromptId);
            _lease?.Connection.Tell(Connections.Posted.Instance);
            Follow();
        });
        Receive<Steps.Faulted>(Fresh, step =>
        {
            if (step.Fault.OutcomeUnknown)
            {
                // The inputs may have been under way for long before that.
                Suspect(step.Fault, Now);
                Seek(step.Fault.HttpStatus == HttpStatusCode.InternalServerError ? AnsweredSeekingTime : SeekingTime);
            }
            else
            {
                _submitted = false;
                var error = step.Fault.ToJobError(_services.Id);
                // Refused, the prompt never reached the worker: the circuit counts it, the job does not.
                Report(error with { ChargesAttempt = step.Fault.Cause != ComfyCause.ConnectionRefused });
            }
        });
        Receive<Executions.Abort>(_ => _aborting = true);
        ListenToConnection();
    }

    /// <param name="targetsInterrupts">Whether the server is known to leave other prompts alone when told to interrupt one.</param>
    public static Props Props(
        Executions.Run run, Workflow workflow, InstanceServices services, IActorRef health, bool targetsInterrupts) =>
        Akka.Actor.Props.Create(() => new ExecutionActor(run, workflow, services, health, targetsInterrupts));

    /// <summary>Told to the instance: the prompt may yet turn up in its queue, and nobody will wait for it.</summary>
    internal sealed record LeftBehind
    {
        public static LeftBehind Instance { get; } = new();
    }

    /// <summary>Told to the instance: whatever was asked of the execution before its restart is to be asked again.</summary>
    internal sealed record Restarted
    {
        public static Restarted Instance { get; } = new();
    }
}

using System.Collections.Immutable;

namespace AkkaComfy.Actors.Telemetry;

/// <summary>Everything that this service measures itself; <c>docs/telemetry.md</c> says the same, and a test compares.</summary>
public static class Metrics
{
    public const string MeterName = "AkkaComfy";

    public const string Workflow = "workflow";

    /// <summary>Not <c>instance</c>: Prometheus keeps that name for what it scrapes.</summary>
    public const string Instance = "comfyui_instance";

    public const string Outcome = "outcome";
    public const string Blame = "blame";
    public const string State = "state";
    public const string From = "from";
    public const string To = "to";
    public const string Actor = "actor";

    /// <summary>The value of a label where there is nothing to name.</summary>
    public const string None = "none";

    /// <summary>Of jobs whose workflow no folder is called any more, so that labels do not pile up.</summary>
    public const string OtherWorkflow = "other";

    public static Metric JobsSubmitted { get; } = new(
        "akkacomfy.job.submitted", MetricKind.Counter, "{job}", "Jobs accepted and recorded.", Workflow);

    public static Metric JobsEnded { get; } = new(
        "akkacomfy.job.ended", MetricKind.Counter, "{job}",
        "Jobs that ended: how, on which instance, and whose fault a failure was.", Workflow, Instance, Outcome, Blame);

    public static Metric JobsRequeued { get; } = new(
        "akkacomfy.job.requeued", MetricKind.Counter, "{job}",
        "Attempts that were lost and whose job went back into the queue.", Workflow, Instance, Blame);

    public static Metric JobsExecutedAgain { get; } = new(
        "akkacomfy.job.executed_again", MetricKind.Counter, "{job}",
        "Executions that began although an earlier attempt had run or may have run, by the blame for its loss.",
        Workflow, Blame);

    public static Metric QueueWait { get; } = new(
        "akkacomfy.job.queue_wait", MetricKind.Histogram, "s",
        "Time from submission, or from being requeued, until the job was given to an instance.", Workflow);

    public static Metric Execution { get; } = new(
        "akkacomfy.job.execution", MetricKind.Histogram, "s",
        "Time from the start of execution in ComfyUI until the attempt ended, outputs collected.",
        Workflow, Instance, Outcome);

    public static Metric Duration { get; } = new(
        "akkacomfy.job.duration", MetricKind.Histogram, "s",
        "Time from submission until the job ended.", Workflow, Outcome);

    public static Metric Pending { get; } = new(
        "akkacomfy.job.pending", MetricKind.Gauge, "{job}", "Jobs that wait for an instance.");

    public static Metric Processing { get; } = new(
        "akkacomfy.job.processing", MetricKind.Gauge, "{job}", "Jobs that are on an instance.");

    public static Metric SlotsLimit { get; } = new(
        "akkacomfy.slots.limit", MetricKind.Gauge, "{slot}", "MAX_CONCURRENT_JOBS.");

    public static Metric InstanceSlotsUsed { get; } = new(
        "akkacomfy.instance.slots.used", MetricKind.Gauge, "{slot}", "Jobs on the instance.", Instance);

    public static Metric InstanceSlotsLimit { get; } = new(
        "akkacomfy.instance.slots.limit", MetricKind.Gauge, "{slot}", "MAX_JOBS_PER_INSTANCE.", Instance);

    public static Metric InstanceState { get; } = new(
        "akkacomfy.instance.state", MetricKind.Gauge, "{instance}",
        "1 for the state the instance is in (starting, up, open, draining), 0 for the others.", Instance, State);

    public static Metric InstanceCircuit { get; } = new(
        "akkacomfy.instance.circuit", MetricKind.Gauge, "{instance}",
        "1 for the phase its circuit is in (closed, open, half_open, isolated), 0 for the others.", Instance, State);

    public static Metric InstanceConnections { get; } = new(
        "akkacomfy.instance.connections", MetricKind.Gauge, "{connection}",
        "WebSockets to the instance, by state (connecting, online, backing_off).", Instance, State);

    public static Metric CircuitTransitions { get; } = new(
        "akkacomfy.instance.circuit.transitions", MetricKind.Counter, "{transition}",
        "Transitions of the instance's circuit.", Instance, From, To);

    public static Metric EventListeners { get; } = new(
        "akkacomfy.events.listeners", MetricKind.Gauge, "{listener}", "Open streams of events.");

    public static Metric EventOverflows { get; } = new(
        "akkacomfy.events.overflows", MetricKind.Counter, "{overflow}",
        "Times a listener was so far behind that its events were let go and it had to look for itself.");

    public static Metric MailboxWait { get; } = new(
        "akkacomfy.actor.mailbox_wait", MetricKind.Gauge, "s",
        "How long the actor took to answer its last ping, or has not answered yet: the wait of a message in its mailbox.",
        Actor);

    public static Metric JournalWaiting { get; } = new(
        "akkacomfy.journal.waiting", MetricKind.Gauge, "{step}", "Steps of jobs that wait to be recorded.");

    public static Metric JournalAvailable { get; } = new(
        "akkacomfy.journal.available", MetricKind.Gauge, "{store}", "1 while the job store records, 0 while it does not.");

    public static Metric JournalBatch { get; } = new(
        "akkacomfy.journal.batch_size", MetricKind.Histogram, "{step}", "Steps recorded in one commit.");

    public static Metric JournalCommit { get; } = new(
        "akkacomfy.journal.commit_duration", MetricKind.Histogram, "s", "Time that one commit took.");

    public static Metric StorageAvailable { get; } = new(
        "akkacomfy.storage.available", MetricKind.Gauge, "By", "Free space on the disk of DATA_DIRECTORY.");

    public static Metric Uptime { get; } = new(
        "akkacomfy.uptime", MetricKind.Gauge, "s", "Time since the service started.");

    public static ImmutableArray<Metric> All { get; } =
    [
        JobsSubmitted, JobsEnded, JobsRequeued, JobsExecutedAgain, QueueWait, Execution, Duration, Pending, Processing,
        SlotsLimit, InstanceSlotsUsed, InstanceSlotsLimit, InstanceState, InstanceCircuit, InstanceConnections,
        CircuitTransitions, EventListeners, EventOverflows, MailboxWait, JournalWaiting, JournalAvailable, JournalBatch, JournalCommit,
        StorageAvailable, Uptime,
    ];
}

using System.Diagnostics.Metrics;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Telemetry;

/// <summary>Counts and times the recorded steps of jobs.</summary>
public sealed class JobMeter(Meter meter, IWorkflowCatalog workflows)
{
    private static readonly double[] Seconds =
        [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600];

    private readonly Counter<long> _submitted = Metrics.JobsSubmitted.CounterOf(meter);
    private readonly Counter<long> _ended = Metrics.JobsEnded.CounterOf(meter);
    private readonly Counter<long> _requeued = Metrics.JobsRequeued.CounterOf(meter);
    private readonly Counter<long> _executedAgain = Metrics.JobsExecutedAgain.CounterOf(meter);
    private readonly Histogram<double> _queueWait = Metrics.QueueWait.HistogramOf(meter, Seconds);
    private readonly Histogram<double> _execution = Metrics.Execution.HistogramOf(meter, Seconds);
    private readonly Histogram<double> _duration = Metrics.Duration.HistogramOf(meter, Seconds);

    public void Count(LiveEvents.JobChanged step)
    {
        var isNamed = step.Workflow == WorkflowName.Prompt || workflows.TryFind(step.Workflow, out _);
        var workflow = Tag(Metrics.Workflow, isNamed ? step.Workflow.Value : Metrics.OtherWorkflow);
        switch (step.Step)
        {
            case JobStep.Submitted:
                _submitted.Add(1, workflow);
                break;
            case JobStep.Dispatched:
                _queueWait.Record(Between(step.QueuedAt, step.At), workflow);
                break;
            case JobStep.Started when step.RanBefore is { } lostBy:
                _executedAgain.Add(1, workflow, Tag(Metrics.Blame, Labels.Of(lostBy)));
                break;
            case JobStep.Requeued:
                _requeued.Add(1, workflow, On(step), BlameOf(step));
                Executed(step, workflow, Tag(Metrics.Outcome, "requeued"));
                break;
            case JobStep.Completed or JobStep.Failed or JobStep.Cancelled:
                var outcome = Tag(Metrics.Outcome, Labels.Of(step.Phase));
                _ended.Add(1, workflow, On(step), outcome, BlameOf(step));
                _duration.Record(Between(step.CreatedAt, step.At), workflow, outcome);
                Executed(step, workflow, outcome);
                break;
        }
    }

    private void Executed(
        LiveEvents.JobChanged step, KeyValuePair<string, object?> workflow, KeyValuePair<string, object?> outcome)
    {
        if (step is { Before: JobPhase.Processing, StartedAt: { } startedAt })
        {
            _execution.Record(Between(startedAt, step.At), workflow, On(step), outcome);
        }
    }

    /// <summary>In seconds; nothing, where the clock was set back meanwhile: a sum never goes down.</summary>
    private static double Between(DateTimeOffset from, DateTimeOffset to) => Math.Max(0, (to - from).TotalSeconds);

    /// <summary>A job that ends while it waits ends nowhere, wherever it has been before.</summary>
    private static KeyValuePair<string, object?> On(LiveEvents.JobChanged step) => Tag(
        Metrics.Instance, step is { Before: JobPhase.Processing, On: { } on } ? on.Value : Metrics.None);

    private static KeyValuePair<string, object?> BlameOf(LiveEvents.JobChanged step) =>
        Tag(Metrics.Blame, step.Error is { } error ? Labels.Of(error.Blame) : Metrics.None);

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}

using System.Diagnostics;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Telemetry;

/// <summary>A wait in the queue as a span, made when it is over.</summary>
internal static class QueueSpan
{
    public static void Record(LiveEvents.JobChanged step)
    {
        if (step is not { Before: JobPhase.Pending, Phase: not JobPhase.Pending }
            || Traces.Begin("akkacomfy.queue", step.TraceParent, step.QueuedAt) is not { } wait)
        {
            return;
        }

        wait.SetTag(Traces.JobId, step.JobId.ToString());
        wait.SetTag(Traces.Workflow, step.Workflow.Value);
        if (step.Step == JobStep.Dispatched)
        {
            wait.SetTag(Traces.Instance, step.On?.Value).SetTag(Traces.Attempt, step.Attempt);
        }
        else
        {
            wait.SetTag(Traces.Outcome, Labels.Of(step.Phase));
        }

        if (step is { HasEnded: true, Error: { } error })
        {
            wait.SetError(error);
        }

        wait.SetEndTime(step.At.UtcDateTime);
        using var _ = new Traces.Restoring(Activity.Current);
        wait.Stop();
    }
}

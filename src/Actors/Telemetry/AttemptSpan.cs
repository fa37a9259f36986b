using System.Diagnostics;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Telemetry;

/// <summary>One attempt as a span, with its execution in it; calls to ComfyUI made within become its children.</summary>
internal sealed class AttemptSpan
{
    private readonly Activity? _attempt;
    private Activity? _execution;

    private AttemptSpan(Activity? attempt) => _attempt = attempt;

    public static AttemptSpan None { get; } = new(null);

    /// <param name="adopted">An earlier process, or incarnation, began it; that one's span may never have been sent.</param>
    public static AttemptSpan Begin(Executions.Run run, InstanceId on, bool adopted) =>
        Traces.Begin("akkacomfy.attempt", run.TraceParent) is { } attempt
            ? new AttemptSpan(attempt
                .SetTag(Traces.JobId, run.JobId.ToString())
                .SetTag(Traces.Workflow, run.Workflow.Value)
                .SetTag(Traces.Instance, on.Value)
                .SetTag(Traces.Attempt, run.Attempt)
                .SetTag(Traces.Adopted, adopted)
                .SetTag(Traces.PromptId, run.PromptId.Value))
            : None;

    /// <summary>To be disposed by the same handler; once the attempt has ended, nothing belongs to it any more.</summary>
    public Traces.Restoring? Enter() => _attempt is { IsStopped: false } ? Traces.Within(_attempt) : null;

    /// <summary>Servers of 2024 and before choose the id themselves.</summary>
    public void Identified(string promptId) => _attempt?.SetTag(Traces.PromptId, promptId);

    public void ExecutionBegan()
    {
        ExecutionEnded();
        _execution = Traces.Begin("akkacomfy.execution", _attempt);
    }

    public void ExecutionEnded()
    {
        _execution?.Dispose();
        _execution = null;
    }

    public void Ended(Executions.IReport report)
    {
        if (_attempt is { IsStopped: false })
        {
            ExecutionEnded();
            _attempt.SetTag(Traces.Outcome, report switch
            {
                Executions.Succeeded => "succeeded",
                Executions.Aborted => "aborted",
                _ => "faulted",
            });
            if (report is Executions.Faulted faulted)
            {
                _attempt.SetError(faulted.Error);
            }

            Stop();
        }
    }

    /// <summary>The actor ends without a report: the service stops, or its supervisor has restarted it.</summary>
    public void Abandoned()
    {
        if (_attempt is { IsStopped: false })
        {
            ExecutionEnded();
            _attempt.SetTag(Traces.Outcome, "abandoned");
            Stop();
        }
    }

    /// <summary>Stopping an activity makes its parent the current one; what the actor does next has none.</summary>
    private void Stop()
    {
        using var _ = new Traces.Restoring(Activity.Current);
        _attempt!.Stop();
    }
}

using Akka.Actor;
using AkkaComfy.Actors.Instance;
using AkkaComfy.ComfyUI;
using AkkaComfy.Messages;
using Microsoft.Extensions.Logging;

namespace AkkaComfy.Actors.Execution;

/// <content>From a prompt that is surely on its instance to the report of how it ended.</content>
public sealed partial class ExecutionActor
{
    private void Follow()
    {
        Become(Following);
        if (_aborting)
        {
            End();
            return;
        }

        _following = true;
        if (_hinted)
        {
            Peek();
        }
        else
        {
            LookIn(LookPause);
        }
    }

    private void Following()
    {
        Receive<Steps.Looked>(Fresh, step =>
        {
            Reached();
            Sighted(step.Sighting);
        });
        Receive<Timer>(timer => timer == Timer.Deadline, _ => End());
        Receive<Executions.Abort>(_ =>
        {
            _aborting = true;
            End();
        });
        LookOnTimer();
        ListenToConnection();
    }

    private void Sighted(PromptSighting sighting)
    {
        switch (sighting)
        {
            case PromptSighting.Pending pending:
                _promptId = pending.PromptId;
                LookIn(LookPause);
                break;
            case PromptSighting.Running running:
                _promptId = running.PromptId;
                Start();
                LookIn(LookPause);
                break;
            case PromptSighting.Unfinished:
                LookIn(LookPause);
                break;
            case PromptSighting.Finished finished:
                Finish(finished.Entry);
                break;
            case PromptSighting.Absent:
                Report(Faults.Vanished(_services.Id));
                break;
        }
    }

    private void Finish(HistoryEntry entry)
    {
        switch (entry.Outcome)
        {
            case HistoryOutcome.Succeeded:
                Start();
                Become(Collecting);
                Pipe(OutputCollector.CollectAsync(Comfy, _services.Blobs, _workflow, entry, _lifetime.Token),
                    (epoch, outputs) => new Steps.Collected(epoch, outputs));
                break;
            case HistoryOutcome.Interrupted:
                ReportTakenOff();
                break;
            default:
                Report((entry.Fault ?? new ComfyFault(
                    ComfyCause.NodeFailed, ComfyUI.Blame.WorkerThisJob, "The prompt failed; ComfyUI did not say why."))
                    .ToJobError(_services.Id));
                break;
        }
    }

    /// <summary>A prompt that succeeded is collected even if a cancel came meanwhile: the two meet at the supervisor.</summary>
    private void Collecting()
    {
        Receive<Steps.Collected>(Fresh, step =>
        {
            _outputs = step.Outputs;
            _succeeded = true;
            _health.Tell(Health.Worked.Instance);
            ReportEnd(new Executions.Succeeded(_run.JobId, _run.Attempt, step.Outputs.Outputs));
        });
        Receive<Steps.Faulted>(Fresh, step => Report(step.Fault.ToJobError(_services.Id)));
        Receive<Executions.Abort>(_ => { /* too late: it has succeeded */ });
    }

    /// <summary>Holds the outputs until they are recorded; then lets ComfyUI forget the prompt.</summary>
    private void Reported()
    {
        Receive<Executions.Release>(_ =>
        {
            _outputs?.Dispose();
            _outputs = null;
            if (_succeeded)
            {
                Pipe(Comfy.DeleteHistoryAsync(_promptId, _lifetime.Token), epoch => new Steps.Forgotten(epoch));
            }
            else
            {
                Context.Stop(Self);
            }
        });
        Receive<Steps.Forgotten>(Fresh, _ => Context.Stop(Self));
        Receive<Steps.Faulted>(Fresh, step =>
        {
            _log.LogDebug("Prompt {PromptId} stays in the history of {Instance}: {Reason}",
                _promptId, _services.Id, step.Fault.Message);
            Context.Stop(Self);
        });
    }
}

using Akka.Actor;
using AkkaComfy.Actors.Instance;
using AkkaComfy.ComfyUI;
using AkkaComfy.Messages;
using AkkaComfy.Storage;
using Microsoft.Extensions.Logging;

namespace AkkaComfy.Actors.Execution;

/// <content>From a prompt that is surely on its instance to the report of how it ended.</content>
public sealed partial class ExecutionActor
{
    /// <summary>A long download takes longer than the grace: that a second one breaks too is no proof yet.</summary>
    private const int DownloadsToGiveUp = 3;

    private QueueItem? _head;
    private DateTimeOffset? _headSince;
    private bool _headIsStuck;
    private HistoryEntry? _finished;
    private int _brokenDownloads;

    /// <summary>
    /// A head that runs may be a prompt of any of our workflows, or of one that has gone since and says itself how long
    /// it may take: only what outlasts them all is a sign of death. A
    /// stranger's may outlast them too, and a server says nothing of its progress to others: then this instance is
    /// avoided for a while, and the job, at no cost, runs elsewhere. The other mistake would have it wait for ever.
    /// Where nothing runs, no prompt explains the wait.
    /// </summary>
    private TimeSpan HeadLimit => (_head is null ? Limit : LongestLimit) + Options.InterruptGrace;

    private TimeSpan LongestLimit => _services.Workflows.All
        .Select(workflow => workflow.Timeout ?? Options.ExecutionTimeout)
        .Append(Limit).Append(_head?.Terms?.Limit ?? Limit).Max();

    private void Follow()
    {
        Become(Following);
        if (_aborting || (_started && !Timers.IsTimerActive(Timer.Deadline)))
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
            Reached(step.Sighting);
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
                Identify(pending.PromptId);
                WaitBehind(pending.Head);
                break;
            case PromptSighting.Running running:
                Identify(running.PromptId);
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
                Report(Faults.Vanished(_services.Id) with { WorkerDied = _started });
                break;
        }
    }

    /// <summary>The deadline counts only from the start; what bounds the wait for it is that the queue's head moves.</summary>
    private void WaitBehind(QueueItem? head)
    {
        if (_headSince is null || head?.PromptId != _head?.PromptId)
        {
            _head = head;
            _headSince = Now;
        }

        if (Now - _headSince > HeadLimit)
        {
            _headIsStuck = true;
            End();
        }
        else
        {
            LookIn(LookPause);
        }
    }

    private void Finish(HistoryEntry found)
    {
        Identify(found.PromptId);
        _endIsRead = true;
        var entry = StatuslessEnd.Judge(found, Wanted(found), _heardFault, _interrupted);
        switch (entry.Outcome)
        {
            case HistoryOutcome.Succeeded:
                Start();
                _span.ExecutionEnded();
                Become(Collecting);
                _brokenDownloads = 0;
                _following = false;
                Collect(entry);
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

    /// <summary>A prompt that an older service posted does not say: where what is wanted today is not there, all is.</summary>
    private IReadOnlyList<string> Wanted(HistoryEntry entry) =>
        _terms.Version is not null || entry.Outputs.Any(output => _terms.Outputs.Contains(output.DisplayNode))
            ? _terms.Outputs
            : [];

    /// <summary>A prompt that succeeded is collected even if a cancel came meanwhile: the two meet at the supervisor.</summary>
    private void Collecting()
    {
        Receive<Steps.Collected>(Fresh, step =>
        {
            step.Guard.Unregister();
            _outputs = step.Outputs;
            _health.Tell(Health.Worked.Instance);
            ReportEnd(new Executions.Succeeded(_run.JobId, _run.Attempt, step.Outputs.Outputs));
        });
        Receive<Steps.Faulted>(Fresh, step =>
        {
            // The result still lies there: a broken download is no reason to execute again, and one that broke late
            // came well until it did.
            var unreachable = UnreachableForLong(Now);
            if (step.Fault.Transient && (++_brokenDownloads < DownloadsToGiveUp || !unreachable))
            {
                Timers.StartSingleTimer(Timer.Collect, Timer.Collect, Options.PollInterval);
            }
            else if (step.Fault.Cause != ComfyCause.OutputMissing || _aborting || !Repeat(_finished!))
            {
                Report(step.Fault.ToJobError(_services.Id));
            }
        });
        Receive<Steps.NotStored>(Fresh, step => WaitForStore(step.Why));
        Receive<Timer>(timer => timer == Timer.Collect, _ => Collect(_finished!));
        Receive<Executions.Abort>(_ => _aborting = true);
        ListenToConnection();
    }

    /// <summary>The result lies safe on the instance until there is room for it here.</summary>
    private void WaitForStore(StoreUnavailableException why)
    {
        if (_aborting)
        {
            ReportAborted();
            return;
        }

        _log.LogError(why, "The outputs of job {JobId} cannot be stored; trying again", _run.JobId);
        Timers.StartSingleTimer(Timer.Collect, Timer.Collect, Options.LookInterval);
    }

    private void Collect(HistoryEntry entry)
    {
        _finished = entry;
        var epoch = NextEpoch();
        _stepBegunAt = Now;
        CollectGuardedAsync(entry, _lifetime.Token).PipeTo(Self,
            success: guarded => new Steps.Collected(epoch, guarded.Outputs, guarded.Guard),
            failure: exception => exception.GetBaseException() is StoreUnavailableException store
                ? new Steps.NotStored(epoch, store)
                : new Steps.Faulted(epoch, Faults.Of(exception)));
    }

    /// <summary>Until the actor takes them, outputs are guarded: they are let go of when the actor ends.</summary>
    private async Task<(CollectedOutputs Outputs, CancellationTokenRegistration Guard)> CollectGuardedAsync(
        HistoryEntry entry, CancellationToken lifetime)
    {
        var outputs = await OutputCollector.CollectAsync(
            Comfy, _services.Blobs, Wanted(entry), entry, Options.KeepMetadata, lifetime);
        return (outputs, lifetime.Register(outputs.Dispose));
    }

    /// <summary>Holds the outputs until they are recorded; then lets ComfyUI forget the prompt and all its inputs.</summary>
    private void Reported()
    {
        Receive<Executions.Release>(_ =>
        {
            _outputs?.Dispose();
            _outputs = null;
            if (_endIsRead)
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

using Akka.Actor;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Execution;

/// <content>Taking the prompt off its instance: after a cancel, or past its deadline.</content>
public sealed partial class ExecutionActor
{
    private static readonly TimeSpan EndingPause = TimeSpan.FromMilliseconds(150);

    /// <summary>Where an interrupt hits whatever runs, each one is a risk to the next prompt in line.</summary>
    private static readonly TimeSpan CarefulPause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// An interrupt can be lost or swallowed, and old servers interrupt whatever runs: so the prompt is looked for
    /// first, deleted if it waits, interrupted only if it runs, and looked for again until it has ended.
    /// </summary>
    private void End()
    {
        Become(Ending);
        _following = false;
        Timers.StartSingleTimer(Timer.Grace, Timer.Grace, Options.InterruptGrace);
        Look();
    }

    private void Ending()
    {
        Receive<Steps.Looked>(Fresh, step =>
        {
            Reached(step.Sighting);
            switch (step.Sighting)
            {
                case PromptSighting.Running when _headIsStuck && !_aborting:
                case PromptSighting.Pending { Head: var head } when _headIsStuck && !_aborting && head?.PromptId != _head?.PromptId:
                    // The head has moved after all.
                    FollowAgain(step.Sighting);
                    break;
                case PromptSighting.Pending pending:
                    Nudge(Comfy.DeleteQueuedAsync(pending.PromptId, _lifetime.Token));
                    break;
                case PromptSighting.Running running:
                    // Its deadline says how long its node may take to heed the interrupt.
                    Start();
                    _interrupted = true;
                    Nudge(Comfy.InterruptAsync(running.PromptId, _lifetime.Token));
                    break;
                case PromptSighting.Finished finished:
                    Finish(finished.Entry);
                    break;
                case PromptSighting.Absent when _started && !_aborting:
                    // An interrupt that was honoured stands in the history: this one was lost with its server's memory.
                    Report(Faults.Vanished(_services.Id) with { WorkerDied = true });
                    break;
                default:
                    ReportTakenOff();
                    break;
            }
        });
        Receive<Steps.Nudged>(Fresh, _ => LookIn(_interrupted && !_targetsInterrupts ? CarefulPause : EndingPause));
        Receive<Steps.Faulted>(Fresh, step => Unreached(step.Fault));
        Receive<Timer>(timer => timer == Timer.Look, _ => Look());
        Receive<Timer>(timer => timer == Timer.Grace, _ => GiveUpEnding());
        Receive<Executions.Abort>(_ => _aborting = true);
        ListenToConnection();
    }

    private void FollowAgain(PromptSighting sighting)
    {
        (_headIsStuck, _headSince) = (false, null);
        Timers.Cancel(Timer.Grace);
        Follow();
        Sighted(sighting);
    }

    private void GiveUpEnding()
    {
        if (_unreachableSince is not null)
        {
            // Nobody knows whether the interrupt was honoured: the way there is at fault, and looking goes on.
            Timers.StartSingleTimer(Timer.Grace, Timer.Grace, Options.InterruptGrace);
        }
        else if (_aborting && Timers.IsTimerActive(Timer.Deadline))
        {
            // Interrupts are cooperative: a node that takes its time has until the deadline, as it had before.
            Timers.StartSingleTimer(Timer.Grace, Timer.Grace, Options.InterruptGrace);
        }
        else
        {
            Report(Faults.DeadWorker(_services.Id, Options.InterruptGrace));
        }
    }

    private void Nudge(Task task) => Pipe(task, epoch => new Steps.Nudged(epoch));

    /// <summary>The prompt is off its instance: because of a cancel, of the deadline, or of a stranger's interrupt.</summary>
    private void ReportTakenOff()
    {
        if (_headIsStuck && !_aborting)
        {
            Report(Faults.HeadStuck(_services.Id, HeadLimit));
        }
        else if (!_aborting && _started && !Timers.IsTimerActive(Timer.Deadline))
        {
            Report(Faults.TimedOut(_services.Id, Limit));
        }
        else
        {
            ReportAborted();
        }
    }
}

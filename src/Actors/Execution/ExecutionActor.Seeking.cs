using Akka.Actor;
using AkkaComfy.Actors.Instance;
using AkkaComfy.ComfyUI;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Execution;

/// <content>A prompt of which nobody knows whether it is on its instance: after a lost answer, or a restart.</content>
public sealed partial class ExecutionActor
{
    /// <summary>How long a prompt whose submission had an unknown outcome may be absent before it counts as not submitted.</summary>
    private static readonly TimeSpan SeekingTime = TimeSpan.FromSeconds(3);

    /// <summary>The same where the server has answered that it failed: whatever that did to its queue is done.</summary>
    private static readonly TimeSpan AnsweredSeekingTime = TimeSpan.FromMilliseconds(500);

    /// <summary>The prompt may be on the instance or not: it is looked for until that is certain.</summary>
    private void Seek(TimeSpan time)
    {
        Become(Seeking);
        Timers.StartSingleTimer(Timer.Seek, Timer.Seek, time);
        Look();
    }

    private void Seeking()
    {
        Receive<Steps.Looked>(Fresh, step =>
        {
            Reached(step.Sighting);
            switch (step.Sighting)
            {
                case PromptSighting.Absent when Timers.IsTimerActive(Timer.Seek):
                    LookIn(Options.PollInterval);
                    break;
                case PromptSighting.Absent when _aborting:
                    DeleteLeftover();
                    ReportAborted();
                    break;
                case PromptSighting.Absent when _adopt:
                    // Perhaps it was never posted: nobody's fault, and no attempt.
                    DeleteLeftover();
                    _health.Tell(Health.ProvedNothing.Instance);
                    ReportEnd(new Executions.Faulted(
                        _run.JobId, _run.Attempt, Faults.Vanished(_services.Id) with { ChargesAttempt = false }));
                    break;
                case PromptSighting.Absent:
                    Report(Faults.Vanished(_services.Id));
                    break;
                default:
                    Follow();
                    Sighted(step.Sighting);
                    break;
            }
        });
        Receive<Executions.Abort>(_ => _aborting = true);
        LookOnTimer();
        ListenToConnection();
    }
}

using Akka.Actor;
using AkkaComfy.Actors.Instance;
using AkkaComfy.ComfyUI;
using AkkaComfy.Messages;
using Microsoft.Extensions.Logging;

namespace AkkaComfy.Actors.Execution;

/// <content>Looking for the prompt, and what to think when the instance cannot be reached.</content>
public sealed partial class ExecutionActor
{
    /// <summary>Every so many looks also ask the queue, which is dear but tells a lost prompt from a running one.</summary>
    private const int FullLookEvery = 5;

    /// <summary>Each failed look has already been repeated by the client: this many refused ones and nobody listens there.</summary>
    private const int RefusedLooks = 2;

    private int _looks;
    private int _refused;
    private DateTimeOffset? _unreachableSince;
    private DateTimeOffset? _heardAt;
    private DateTimeOffset _stepBegunAt;

    private enum Timer
    {
        Check,
        Lease,
        Seek,
        Look,
        Deadline,
        Grace,
        Collect,
    }

    private TimeSpan LookPause => _online ? Options.LookInterval : Options.PollInterval;

    private DateTimeOffset Now => Context.System.Scheduler.Now;

    private void LookIn(TimeSpan delay) => Timers.StartSingleTimer(Timer.Look, Timer.Look, delay);

    private void Look()
    {
        Timers.Cancel(Timer.Look);
        Pipe(PromptLookup.LookAsync(Comfy, _promptId, Tag, _lifetime.Token),
            (epoch, sighting) => new Steps.Looked(epoch, sighting));
    }

    private void Peek()
    {
        Timers.Cancel(Timer.Look);
        Pipe(PromptLookup.PeekAsync(Comfy, _promptId, _lifetime.Token),
            (epoch, sighting) => new Steps.Looked(epoch, sighting));
    }

    /// <summary>The handlers of every state that looks on its own account.</summary>
    private void LookOnTimer()
    {
        Receive<Timer>(timer => timer == Timer.Look, _ =>
        {
            if (_started && ++_looks % FullLookEvery != 0)
            {
                Peek();
            }
            else
            {
                Look();
            }
        });
        Receive<Steps.Faulted>(Fresh, step => Unreached(step.Fault));
    }

    private void Reached(PromptSighting sighting)
    {
        _terms = sighting.Terms ?? _terms;
        _refused = 0;
        _unreachableSince = null;
    }

    /// <summary>Whether that is the instance's state, a probe tells.</summary>
    private void Suspect(ComfyFault fault, DateTimeOffset since)
    {
        if (fault.Blame == ComfyUI.Blame.Network)
        {
            _unreachableSince ??= since;
            _health.Tell(Health.Suspected.Instance);
        }
    }

    /// <summary>An instance that cannot be asked may still be working: it is given up only when that is unlikely.</summary>
    private void Unreached(ComfyFault fault)
    {
        // A look is short, so one that was not answered counts from when it was asked.
        Suspect(fault, _stepBegunAt);
        _refused = fault.Cause == ComfyCause.ConnectionRefused ? _refused + 1 : 0;
        var error = fault.ToJobError(_services.Id);
        if (_refused >= RefusedLooks)
        {
            Report(error with { WorkerDied = _started });
        }
        else if (fault.Blame == ComfyUI.Blame.Us || UnreachableForLong(_stepBegunAt))
        {
            Report(error);
        }
        else
        {
            if (Timers.IsTimerActive(Timer.Seek))
            {
                // Only absence while the server answers is absence.
                Timers.StartSingleTimer(Timer.Seek, Timer.Seek, SeekingTime);
            }

            LookIn(Options.PollInterval);
        }
    }

    private bool UnreachableForLong(DateTimeOffset since)
    {
        _unreachableSince ??= since;
        // While messages arrive, the instance lives and is only slow to answer.
        var silentSince = _heardAt > _unreachableSince ? _heardAt : _unreachableSince;
        return Now - silentSince > Options.UnreachableGrace;
    }

    /// <summary>Sends an asynchronous step's result here; whatever was under way before is stale from now on.</summary>
    private void Pipe<T>(Task<T> task, Func<object, T, Steps.IStep> success)
    {
        var epoch = NextEpoch();
        _stepBegunAt = Now;
        task.PipeTo(Self,
            success: result => success(epoch, result),
            failure: exception => new Steps.Faulted(epoch, Faults.Of(exception)));
    }

    private void Pipe(Task task, Func<object, Steps.IStep> success)
    {
        var epoch = NextEpoch();
        _stepBegunAt = Now;
        task.PipeTo(Self,
            success: () => success(epoch),
            failure: exception => new Steps.Faulted(epoch, Faults.Of(exception)));
    }

    private void BestEffort(Task task, string what)
    {
        var (log, instance) = (_log, _services.Id);
        task.ContinueWith(
            failed => log.LogDebug(
                "{What} on {Instance} failed: {Reason}", what, instance, Faults.Of(failed.Exception!).Message),
            CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    private object NextEpoch() => _epoch = new object();

    private bool Fresh(Steps.IStep step) => ReferenceEquals(step.Epoch, _epoch);

    /// <summary>The attempt never reached the worker: it costs the job nothing, and the check has told the circuit.</summary>
    private void Refused(JobError error) =>
        ReportEnd(new Executions.Faulted(_run.JobId, _run.Attempt, error with { ChargesAttempt = false }));

    private void Report(JobError error)
    {
        if ((_submitted || _adopt) && error.Blame is Messages.Blame.Worker or Messages.Blame.Network or Messages.Blame.Us)
        {
            DeleteLeftover();
        }

        if (error.Code == Faults.OutOfMemoryCode)
        {
            BestEffort(Comfy.FreeAsync(CancellationToken.None), "freeing memory");
        }

        _health.Tell(new Health.Observed(error, _stepBegunAt));
        ReportEnd(new Executions.Faulted(_run.JobId, _run.Attempt, error));
    }

    /// <summary>It goes elsewhere, and may yet lie in the queue here.</summary>
    private void DeleteLeftover()
    {
        BestEffort(Comfy.DeleteQueuedAsync(_promptId, CancellationToken.None), "deleting the prompt");
        Context.Parent.Tell(LeftBehind.Instance);
    }

    private void ReportAborted()
    {
        _health.Tell(Health.ProvedNothing.Instance);
        ReportEnd(new Executions.Aborted(_run.JobId, _run.Attempt));
    }

    private void ReportEnd(Executions.IReport end)
    {
        Timers.CancelAll();
        _ = NextEpoch();
        Become(Reported);
        _following = false;
        _span.Ended(end);
        Context.Parent.Tell(end);
    }
}

using Akka.Actor;
using AkkaComfy.Actors.Instance;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Execution;

/// <content>From an instance that answers to the prompt's being posted: its inputs are placed, a connection is leased.</content>
public sealed partial class ExecutionActor
{
    private void Prepare()
    {
        if (Place() && Options.Tracking == Tracking.WebSocket)
        {
            Context.Parent.Tell(Connections.Lease.Instance);
            Timers.StartSingleTimer(Timer.Lease, Timer.Lease, LeaseWait);
        }
    }

    /// <returns>False when the workflow is another than the job was accepted with, and does not take it.</returns>
    private bool Place()
    {
        Become(Preparing);
        if (_workflow.WhatDoesNotFit(_run.Inputs) is { } reason)
        {
            Report(Faults.WorkflowChanged(_run.Workflow, reason));
            return false;
        }

        Pipe(PromptPlacement.PlaceAsync(Comfy, _services.Blobs, _workflow, _run, (Tag, _terms), _lifetime.Token),
            (epoch, request) => new Steps.Placed(epoch, request));
        return true;
    }

    /// <summary>Places the inputs and waits, not long, for a connection.</summary>
    private void Preparing()
    {
        Receive<Steps.Placed>(Fresh, placed =>
        {
            _request = _stale.IsEmpty ? placed.Request : CacheBreaker.Apply(placed.Request, _stale);
            SubmitWhenPrepared();
        });
        Receive<Connections.Leased>(leased =>
        {
            Attach(leased);
            SubmitWhenPrepared();
        });
        Receive<Connections.Restored>(_ => _lease is not null, restored =>
        {
            _lease = _lease! with { ClientId = restored.ClientId };
            _online = true;
            SubmitWhenPrepared();
        });
        Receive<Timer>(timer => timer == Timer.Lease, _ => SubmitWhenPrepared());
        Receive<Steps.Faulted>(Fresh, step => Report(step.Fault.ToJobError(_services.Id) with { ChargesAttempt = false }));
        Receive<Executions.Abort>(_ => ReportAborted());
        ListenToConnection();
    }

    private void SubmitWhenPrepared()
    {
        if (_request is null || (!_online && Timers.IsTimerActive(Timer.Lease)))
        {
            return;
        }

        Timers.Cancel(Timer.Lease);
        Become(Submitting);
        _submitted = true;
        _postedAs = _lease?.ClientId;
        if (_lease is null)
        {
            Context.Parent.Tell(Connections.Return.Instance);
        }

        _lease?.Connection.Tell(Connections.Posting.Instance);
        Pipe(PostAsync(_request with { ClientId = _lease?.ClientId }, _lifetime.Token),
            (epoch, accepted) => new Steps.Submitted(epoch, accepted));
    }
}

using System.Text.Json;
using Akka.Actor;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Messages;
using AkkaComfy.Storage;
using Microsoft.Extensions.Logging;

namespace AkkaComfy.Actors.Instance;

/// <content>A job that brings its own graph: it is read from the store before the attempt begins, as its workflow.</content>
public sealed partial class InstanceActor
{
    private const string Unreadable = "graph_unreadable";

    /// <summary>Before a job goes back whose graph could not be read: a fault of the disk may pass meanwhile.</summary>
    private static readonly TimeSpan FaultPause = TimeSpan.FromSeconds(1);

    /// <summary>The attempts whose graph is being read; true once somebody wants it ended.</summary>
    private readonly Dictionary<(JobId, int), bool> _reading = [];

    public ITimerScheduler Timers { get; set; } = null!;

    private void ReceiveGraphs()
    {
        Receive<GraphRead>(read => ReferenceEquals(read.For, _reading), read =>
        {
            var run = read.Run;
            _reading.Remove((run.JobId, run.Attempt), out var isAborted);
            if (isAborted && !run.Adopt)
            {
                Context.Parent.Tell(new Executions.Aborted(run.JobId, run.Attempt));
                return;
            }

            Execute(run, read.Workflow);
            if (isAborted)
            {
                Self.Tell(new Executions.Abort(run.JobId, run.Attempt));
            }
        });
        Receive<GraphUnreadable>(failure => ReferenceEquals(failure.For, _reading), failure =>
        {
            _services.Logs.CreateLogger<InstanceActor>().LogError(
                failure.Cause, "The graph of job {JobId} cannot be read", failure.Run.JobId);
            if (MayPass(failure.Cause))
            {
                var job = (failure.Run.JobId, failure.Run.Attempt);
                Timers.StartSingleTimer(job, new GraphFault(failure.Run), FaultPause);
            }
            else
            {
                GiveBack(failure.Run, new JobError(
                    Unreadable, Blame.Us, "The stored graph of the job cannot be read; see the service's log."));
            }
        });
        Receive<GraphFault>(fault => GiveBack(fault.Run, new JobError(
            Unreadable, Blame.Network, "The disk did not give the stored graph of the job; see the service's log.")
        {
            Instance = _services.Id, ChargesAttempt = false,
        }));
    }

    /// <summary>A file that is gone stays gone, and one that is no graph stays none.</summary>
    private static bool MayPass(Exception cause) =>
        (cause is AggregateException { InnerExceptions: [var only] } ? only : cause)
            is UnauthorizedAccessException or (IOException and not FileNotFoundException);

    private void GiveBack(Executions.Run run, JobError error)
    {
        _reading.Remove((run.JobId, run.Attempt));
        if (run.Adopt)
        {
            // What may be on the instance, nobody waits for any more.
            _strays.Tell(StraySweeper.Expect.Instance);
        }

        Context.Parent.Tell(new Executions.Faulted(run.JobId, run.Attempt, error));
    }

    private void ReadGraph(Executions.Run run, InputValue.Graph graph)
    {
        _reading.Add((run.JobId, run.Attempt), false);
        var reading = _reading;
        ReadGraphAsync(_services.Blobs, graph, run.Inputs).PipeTo(
            Self,
            success: workflow => new GraphRead(reading, run, workflow),
            failure: cause => new GraphUnreadable(reading, run, cause));
    }

    private static async Task<Workflow> ReadGraphAsync(IBlobStore blobs, InputValue.Graph graph, Inputs inputs)
    {
        await using var stream = blobs.OpenRead(graph.Blob.Id);
        using var document = await JsonDocument.ParseAsync(stream);
        return RawPrompt.ToWorkflow(document.RootElement.Clone(), inputs);
    }

    /// <param name="For">What the incarnation that asked was reading; to another one the answer says nothing.</param>
    private sealed record GraphRead(object For, Executions.Run Run, Workflow Workflow);

    private sealed record GraphFault(Executions.Run Run);

    private sealed record GraphUnreadable(object For, Executions.Run Run, Exception Cause);
}

using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Supervisor;

/// <content>
/// Jobs that bring their own graphs: those that need the same of an instance stand in one queue, so that one whose
/// instance is away holds up only its like, as a workflow's jobs do. A queue is known as long as anybody waits in it.
/// </content>
public sealed partial class JobSupervisor
{
    private void LearnPrompts(IEnumerable<PendingPrompts> pending)
    {
        foreach (var (needs, jobs) in pending)
        {
            _fleet.Learn(needs);
            _jobs.CountPending(needs.Queue, jobs);
        }
    }

    /// <summary>The job waits, or is about to.</summary>
    private void LearnQueue(Inputs inputs)
    {
        if (inputs.Graph is { } graph)
        {
            _fleet.Learn(graph.Needs);
        }
    }

    private void ForgetEmptyQueues()
    {
        foreach (var queue in _fleet.PromptQueues.Where(queue => !_jobs.HasPending(queue)).ToList())
        {
            _fleet.Forget(queue);
        }
    }

    private static QueueName QueueOf(Jobs.Submit submit) =>
        submit.Inputs.Graph?.Needs.Queue ?? QueueName.Of(submit.Workflow);

    private bool CanBeFound(WorkflowName workflow, Inputs inputs) =>
        inputs.Graph is not null || _services.Workflows.TryFind(workflow, out _);
}

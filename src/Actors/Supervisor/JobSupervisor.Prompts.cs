using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Supervisor;

/// <content>
/// Jobs that bring their own graphs: those that need the same of an instance stand in one queue, so that one whose
/// instance is away holds up only its like, as a workflow's jobs do. A queue is known as long as anybody waits in it, and
/// there are so many at most: each costs memory, and a look for every claim.
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

    /// <returns>Null where the job's queue is one of those there are, or may become one.</returns>
    private Refusal? WhyNoQueue(Inputs inputs)
    {
        if (inputs.Graph is not { } graph || _fleet.Knows(graph.Needs.Queue))
        {
            return null;
        }

        if (_fleet.PromptQueues.Count >= Options.MaxPromptQueues)
        {
            ForgetEmptyQueues();
        }

        return _fleet.PromptQueues.Count < Options.MaxPromptQueues
            ? null
            : new Refusal(
                RefusalReason.QueueFull,
                $"Graphs of {Options.MaxPromptQueues} kinds are waiting, each with other nodes or models, and no more kinds "
                + "can wait: try again later.",
                _estimator.RetryAfter(_fleet.Usable) ?? UnmeasuredRetry);
    }

    /// <summary>A job that is being recorded keeps its queue as one that waits.</summary>
    private void CountSubmitting(Inputs inputs, int by)
    {
        if (inputs.Graph is { } graph)
        {
            _jobs.CountPending(graph.Needs.Queue, by);
        }
    }

    private void ForgetQueueIfEmpty(Inputs inputs)
    {
        if (inputs.Graph is { } graph && !_jobs.HasPending(graph.Needs.Queue))
        {
            _fleet.Forget(graph.Needs.Queue);
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

using AkkaComfy.Core.Eligibility;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Supervisor;

/// <content>Queues of jobs that bring their own graphs: who can run them is decided here, since no catalog names them.</content>
internal sealed partial class Fleet
{
    private readonly Dictionary<QueueName, WorkflowNeeds> _prompts = [];

    public IReadOnlyCollection<QueueName> PromptQueues => _prompts.Keys;

    public bool Knows(QueueName prompts) => _prompts.ContainsKey(prompts);

    /// <summary>Jobs that need this wait, or are about to.</summary>
    public void Learn(GraphNeeds needs)
    {
        var weighed = WorkflowNeeds.Of(needs);
        if (_prompts.TryAdd(needs.Queue, weighed))
        {
            foreach (var member in _members.Values)
            {
                member.Lacks.Weigh(needs.Queue, weighed);
            }
        }
    }

    /// <param name="nodes">Null while they are unknown.</param>
    public void Learn(InstanceId id, INodeInventory? nodes)
    {
        if (_members.TryGetValue(id, out var member))
        {
            member.Lacks.Learn(nodes, _prompts);
        }
    }

    /// <summary>Nobody waits there any more.</summary>
    public void Forget(QueueName prompts)
    {
        _prompts.Remove(prompts);
        foreach (var member in _members.Values)
        {
            member.Lacks.Forget(prompts);
        }
    }
}

using System.Collections.Frozen;
using System.Collections.Immutable;
using AkkaComfy.Core.Eligibility;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Supervisor;

/// <summary>What one instance lacks: for workflows as it says itself, for graphs that clients bring as its nodes tell.</summary>
internal sealed class MemberLacks
{
    private readonly Dictionary<QueueName, Lack> _ofPrompts = [];
    private FrozenDictionary<QueueName, Lack> _ofWorkflows = FrozenDictionary<QueueName, Lack>.Empty;
    private FrozenSet<QueueName>? _queues;
    private INodeInventory? _nodes;

    /// <summary>The queues whose jobs it is known to be unable to run.</summary>
    public FrozenSet<QueueName> Queues => _queues ??= _ofWorkflows.Keys.Concat(_ofPrompts.Keys).ToFrozenSet();

    public bool Contains(QueueName queue) => _ofPrompts.ContainsKey(queue) || _ofWorkflows.ContainsKey(queue);

    public Lack Of(QueueName queue) => _ofPrompts.TryGetValue(queue, out var lack) ? lack : _ofWorkflows[queue];

    public void Learn(ImmutableArray<Lack> ofWorkflows)
    {
        _ofWorkflows = ofWorkflows.ToFrozenDictionary(lack => QueueName.Of(lack.Workflow));
        _queues = null;
    }

    /// <summary>It may have other nodes than before.</summary>
    /// <param name="nodes">Null while they are unknown: everything then counts as there.</param>
    public void Learn(INodeInventory? nodes, IEnumerable<KeyValuePair<QueueName, WorkflowNeeds>> prompts)
    {
        _nodes = nodes;
        _ofPrompts.Clear();
        _queues = null;
        foreach (var (queue, needs) in prompts)
        {
            Weigh(queue, needs);
        }
    }

    public void Weigh(QueueName prompts, WorkflowNeeds needs)
    {
        if (needs.LackedBy(WorkflowName.Prompt, [], _nodes) is { } lack)
        {
            _ofPrompts[prompts] = lack;
            _queues = null;
        }
    }

    public void Forget(QueueName prompts)
    {
        if (_ofPrompts.Remove(prompts))
        {
            _queues = null;
        }
    }
}

using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Workflows;

/// <summary>An immutable snapshot of the workflows, ordered by name.</summary>
public sealed class WorkflowCatalog : IWorkflowCatalog
{
    private readonly FrozenDictionary<WorkflowName, Workflow> _byName;
    private readonly ImmutableArray<Workflow> _all;

    public WorkflowCatalog(IEnumerable<Workflow> workflows)
    {
        _all = [.. workflows.OrderBy(workflow => workflow.Name.Value, StringComparer.Ordinal)];
        _byName = _all.ToFrozenDictionary(workflow => workflow.Name);
    }

    public IReadOnlyCollection<Workflow> All => _all;

    public bool TryFind(WorkflowName name, [NotNullWhen(true)] out Workflow? workflow) =>
        _byName.TryGetValue(name, out workflow);
}

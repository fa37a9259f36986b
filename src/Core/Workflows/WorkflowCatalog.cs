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
    private readonly ImmutableArray<RefusedFolder> _refused;

    public WorkflowCatalog(IEnumerable<Workflow> workflows, IEnumerable<RefusedFolder>? refused = null)
    {
        _refused = [.. (refused ?? []).OrderBy(folder => folder.Name, StringComparer.Ordinal)];
        _all = [.. workflows.OrderBy(workflow => workflow.Name.Value, StringComparer.Ordinal)];
        _byName = _all.ToFrozenDictionary(workflow => workflow.Name);
    }

    public IReadOnlyCollection<Workflow> All => _all;

    public IReadOnlyCollection<RefusedFolder> Refused => _refused;

    public bool TryFind(WorkflowName name, [NotNullWhen(true)] out Workflow? workflow) =>
        _byName.TryGetValue(name, out workflow);
}

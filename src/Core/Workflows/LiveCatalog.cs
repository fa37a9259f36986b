using System.Diagnostics.CodeAnalysis;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Workflows;

/// <summary>The workflows as they are now: one snapshot at a time, replaced as a whole; safe for many threads.</summary>
public sealed class LiveCatalog(WorkflowCatalog first) : IWorkflowCatalog
{
    private volatile WorkflowCatalog _now = first;

    public WorkflowCatalog Now => _now;

    public IReadOnlyCollection<Workflow> All => _now.All;

    public IReadOnlyCollection<RefusedFolder> Refused => _now.Refused;

    public bool TryFind(WorkflowName name, [NotNullWhen(true)] out Workflow? workflow) =>
        _now.TryFind(name, out workflow);

    public void Replace(WorkflowCatalog next) => _now = next;
}

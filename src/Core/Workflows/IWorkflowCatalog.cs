using System.Diagnostics.CodeAnalysis;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Workflows;

/// <summary>The workflows that clients may name.</summary>
public interface IWorkflowCatalog
{
    IReadOnlyCollection<Workflow> All { get; }

    bool TryFind(WorkflowName name, [NotNullWhen(true)] out Workflow? workflow);
}

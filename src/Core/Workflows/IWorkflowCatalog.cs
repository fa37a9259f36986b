using System.Diagnostics.CodeAnalysis;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Workflows;

/// <summary>The workflows that clients may name; from one question to the next they may be others.</summary>
public interface IWorkflowCatalog
{
    IReadOnlyCollection<Workflow> All { get; }

    /// <summary>The folders that are no workflows as they are now.</summary>
    IReadOnlyCollection<RefusedFolder> Refused { get; }

    bool TryFind(WorkflowName name, [NotNullWhen(true)] out Workflow? workflow);
}

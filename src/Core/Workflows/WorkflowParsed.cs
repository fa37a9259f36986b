using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace AkkaComfy.Core.Workflows;

/// <summary>Why a workflow's folder is refused.</summary>
/// <param name="File">The file within the folder; the folder's own name is told as <c>(folder)</c>.</param>
/// <param name="Place">Where in the file, as a dotted path; empty for the file as a whole.</param>
public sealed record WorkflowProblem(string File, string Place, string Reason)
{
    public override string ToString() => Place.Length == 0 ? $"{File}: {Reason}" : $"{File}, {Place}: {Reason}";
}

/// <summary>A workflow, or everything that is wrong with it.</summary>
public sealed record WorkflowParsed(Workflow? Workflow, ImmutableArray<WorkflowProblem> Problems)
{
    [MemberNotNullWhen(true, nameof(Workflow))]
    public bool IsValid => Workflow is not null;
}

using System.Collections.Immutable;

namespace AkkaComfy.Core.Workflows;

/// <summary>A folder that cannot be used as it is now; the workflow it held before, if any, is still served.</summary>
/// <param name="At">When it was read.</param>
public sealed record RefusedFolder(string Name, ImmutableArray<WorkflowProblem> Problems, DateTimeOffset At);

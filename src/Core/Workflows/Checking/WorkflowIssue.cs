namespace AkkaComfy.Core.Workflows.Checking;

/// <summary>How grave an issue is.</summary>
public enum IssueSeverity
{
    /// <summary>It runs, though perhaps not as meant.</summary>
    Warning,

    /// <summary>It does not run.</summary>
    Error,
}

/// <summary>What an instance has against a workflow.</summary>
/// <param name="Place">Where in the file, as a dotted path.</param>
public sealed record WorkflowIssue(IssueSeverity Severity, string File, string Place, string Reason);

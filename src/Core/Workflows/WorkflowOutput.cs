namespace AkkaComfy.Core.Workflows;

/// <summary>A node whose files are the workflow's result.</summary>
/// <param name="Name">How clients may call it; null when the manifest does not say.</param>
public sealed record WorkflowOutput(string NodeId, string? Name);

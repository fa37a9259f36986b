using System.Collections.Immutable;

namespace AkkaComfy.Messages;

/// <summary>What an instance lacks for one workflow; at least one thing.</summary>
/// <param name="Nodes">Node classes.</param>
/// <param name="Models">Model files, by the names that the workflow uses.</param>
public sealed record Lack(
    WorkflowName Workflow, ImmutableArray<string> Nodes, ImmutableArray<string> Models, ImmutableArray<string> Tags)
{
    /// <summary>The things by kind and name, for people.</summary>
    public override string ToString() => string.Join(", ",
    [
        .. Nodes.Select(node => $"node {node}"),
        .. Models.Select(model => $"model {model}"),
        .. Tags.Select(tag => $"tag {tag}"),
    ]);
}

/// <summary>What one instance lacks for the workflow at hand.</summary>
public sealed record InstanceLack(InstanceId Instance, Lack Lack);

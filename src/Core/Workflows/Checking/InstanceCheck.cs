using System.Collections.Immutable;

namespace AkkaComfy.Core.Workflows.Checking;

/// <summary>Holds a workflow against what an instance says of its nodes.</summary>
public static class InstanceCheck
{
    /// <returns>Graph first, then manifest; empty for a workflow that the instance would run as it is.</returns>
    public static ImmutableArray<WorkflowIssue> Of(Workflow workflow, IReadOnlyDictionary<string, DeclaredNode> declared)
    {
        var bound = workflow.Inputs.Values
            .SelectMany(input => input.Bind.Select(target => (Target: target, Input: input)))
            .ToLookup(binding => binding.Target, binding => binding.Input);
        return
        [
            .. workflow.Graph.Nodes.SelectMany(node => declared.TryGetValue(node.ClassType, out var known)
                ? NodeCheck.Of(node, known, target => bound[target])
                : [Missing(node)]),
            .. workflow.Inputs.Values.SelectMany(input => InputCheck.Of(
                input, target => declared.GetValueOrDefault(workflow.ClassOf(target.NodeId)!))),
            .. workflow.Needs.Models.Where(model => !IsOffered(model, declared)).Select(model => new WorkflowIssue(
                IssueSeverity.Error, WorkflowParser.ManifestFile, "requires.models", $"no node offers the model {JsonWords.Quote(model)}")),
        ];
    }

    private static WorkflowIssue Missing(GraphNode node) => new(
        IssueSeverity.Error, WorkflowParser.GraphFile, $"{node.Id}.class_type",
        $"there is no node class {JsonWords.Quote(node.ClassType)}; install the custom node that has it");

    private static bool IsOffered(string model, IReadOnlyDictionary<string, DeclaredNode> declared) =>
        declared.Values.SelectMany(node => node.Inputs.Values).SelectMany(input => input.Options ?? [])
            .Any(offered => offered.EndsWith(model, StringComparison.Ordinal)
                && (offered.Length == model.Length || offered[^(model.Length + 1)] is '/' or '\\'));
}

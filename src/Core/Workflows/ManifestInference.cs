using System.Collections.Immutable;

namespace AkkaComfy.Core.Workflows;

/// <summary>Says of a graph without a manifest what clients may set and what they get.</summary>
internal static class ManifestInference
{
    private static readonly string[] Making = ["Save", "Preview", "VideoCombine", "ShowText"];

    public static WorkflowManifest? Infer(PromptGraph graph, ProblemList ofGraph, ProblemList ofManifest)
    {
        var inputs = new InferredInputs(graph, ofGraph).Find();
        if (inputs.Count > 0 || !ofGraph.IsEmpty)
        {
            return new WorkflowManifest { Inputs = inputs, Outputs = OutputsOf(graph) };
        }

        ofManifest.Add("", $"is missing, and no node of the graph loads an image ({ImageLoaders.Names}) or is titled "
            + "'input:<name>': there is nothing that clients could set; write one");
        return null;
    }

    /// <summary>The nodes that save or show; where there are none, those that no other node reads from.</summary>
    public static ImmutableArray<WorkflowOutput> OutputsOf(PromptGraph graph)
    {
        var making = graph.Nodes.Where(node => node.Links.Count > 0 && Making.Any(word =>
            node.ClassType.Contains(word, StringComparison.OrdinalIgnoreCase))).ToArray();
        var read = graph.Nodes.SelectMany(node => node.Links.Values).ToHashSet(StringComparer.Ordinal);
        var outputs = making.Length > 0 ? making : graph.Nodes.Where(node => !read.Contains(node.Id));
        return [.. outputs.Select(node => new WorkflowOutput(node.Id, null))];
    }
}

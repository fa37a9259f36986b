using System.Collections.Immutable;

namespace AkkaComfy.Core.Workflows;

/// <summary>Says of a graph without a manifest what clients may set and what they get.</summary>
internal static class ManifestInference
{
    private const string FirstImage = "imageFile";

    public static WorkflowManifest? Infer(PromptGraph graph, ProblemList problems)
    {
        var inputs = new OrderedDictionary<string, InputSpec>(StringComparer.Ordinal);
        foreach (var node in graph.Nodes)
        {
            if (ImageLoaders.TypeOf(node.ClassType) is not { } type || !node.HasInput(ImageLoaders.Input))
            {
                continue;
            }

            var name = inputs.Count == 0 ? FirstImage : $"{FirstImage}{inputs.Count + 1}";
            var target = new NodeInput(node.Id, ImageLoaders.Input);
            inputs.Add(name, new InputSpec(name, type, [target]) { Required = true });
        }

        if (inputs.Count > 0)
        {
            return new WorkflowManifest { Inputs = inputs, Outputs = OutputsOf(graph) };
        }

        problems.Add("", $"is missing, and no node of the graph loads an image ({ImageLoaders.Names}); write one");
        return null;
    }

    /// <summary>The nodes that save or preview; where there are none, those that no other node reads from.</summary>
    public static ImmutableArray<WorkflowOutput> OutputsOf(PromptGraph graph)
    {
        var saving = graph.Nodes.Where(node => node.ClassType.StartsWith("Save", StringComparison.Ordinal)
            || node.ClassType.StartsWith("Preview", StringComparison.Ordinal)).ToArray();
        var read = graph.Nodes.SelectMany(node => node.Links.Values).ToHashSet(StringComparer.Ordinal);
        var outputs = saving.Length > 0 ? saving : graph.Nodes.Where(node => !read.Contains(node.Id));
        return [.. outputs.Select(node => new WorkflowOutput(node.Id, null))];
    }
}

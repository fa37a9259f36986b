using System.Collections.Immutable;
using AkkaComfy.Core.Eligibility;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Workflows;

/// <summary>Says what a graph with its manifest needs of an instance.</summary>
internal static class NeedsReader
{
    public static WorkflowNeeds Read(PromptGraph graph, WorkflowManifest manifest)
    {
        var bound = manifest.Inputs.Values
            .SelectMany(input => input.Bind.Select(target => (Target: target, Input: input)))
            .ToLookup(binding => binding.Target, binding => binding.Input);
        var choices = graph.Nodes.SelectMany(node => node.ModelFiles.SelectMany(file =>
            Values(file.Value, bound[new NodeInput(node.Id, file.Input)])
                .Select(value => new NeededChoice(node.ClassType, file.Input, value))));
        return new WorkflowNeeds(graph.Classes, manifest.Models, [.. choices.Distinct()], manifest.Tags);
    }

    /// <summary>Of an input that clients set, only an enum's default is sure to be asked for.</summary>
    private static IEnumerable<string> Values(string inGraph, IEnumerable<InputSpec> setBy)
    {
        var specs = setBy.ToList();
        return specs.Count == 0
            ? [inGraph]
            : specs.Where(spec => spec.Type == InputType.Enum)
                .Select(spec => spec.Default).OfType<InputValue.Text>().Select(text => text.Value);
    }
}

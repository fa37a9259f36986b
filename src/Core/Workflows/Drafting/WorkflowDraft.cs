using System.Collections.Immutable;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Workflows.Drafting;

/// <summary>A folder to start from: what belongs beside an exported graph.</summary>
/// <param name="Workflow">What the files make together.</param>
public sealed record WorkflowDraft(string Manifest, string Readme, Workflow Workflow)
{
    /// <param name="declared">What an instance says of its nodes; null offline, where values and names must do.</param>
    /// <returns>The draft, or what is wrong with the name or the graph.</returns>
    public static (WorkflowDraft? Draft, ImmutableArray<WorkflowProblem> Problems) Of(
        WorkflowName name, string graphJson, IReadOnlyDictionary<string, DeclaredNode>? declared)
    {
        var problems = new ProblemList(WorkflowParser.GraphFile);
        if (WorkflowNames.WhatIsWrongWith(name.Value) is { } reason)
        {
            problems.Add("", reason);
        }

        if (GraphReader.Read(graphJson, problems) is not { } graph)
        {
            return (null, problems.All);
        }

        var inputs = new DraftInputs(graph, declared, problems).Find();
        if (!problems.IsEmpty)
        {
            return (null, problems.All);
        }

        var manifest = ManifestWriter.Write(TitleOf(name), inputs, OutputsOf(graph, declared));
        var parsed = WorkflowParser.Parse(name, graphJson, manifest);
        return parsed.IsValid
            ? (new WorkflowDraft(manifest, ReadmeWriter.Write(parsed.Workflow), parsed.Workflow), [])
            : (null, parsed.Problems);
    }

    private static string TitleOf(WorkflowName name)
    {
        var words = name.Value.Replace('-', ' ').Trim();
        return words.Length == 0 ? name.Value : $"{char.ToUpperInvariant(words[0])}{words[1..]}";
    }

    private static ImmutableArray<WorkflowOutput> OutputsOf(
        PromptGraph graph, IReadOnlyDictionary<string, DeclaredNode>? declared)
    {
        var known = graph.Nodes.Where(node => declared?.GetValueOrDefault(node.ClassType)?.IsOutput == true)
            .Select(node => new WorkflowOutput(node.Id, null));
        var outputs = ManifestInference.OutputsOf(graph);
        return graph.Classes.All(name => declared?.ContainsKey(name) == true) && known.Any() ? [.. known] : outputs;
    }
}

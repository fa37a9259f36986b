using System.Collections.Immutable;
using System.Text.Json;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Workflows;

/// <summary>A graph that a client brings itself: what it needs, and where in it the client's files go.</summary>
public sealed class RawPrompt
{
    /// <summary>What the inputs that hold files begin with, before the file's name.</summary>
    public const string FilePrefix = "files/";

    /// <summary>More than any graph that people made.</summary>
    public const int MostNodes = 5_000;

    /// <summary>The classes of nodes that take files.</summary>
    public static string LoaderNames => ImageLoaders.Names;

    /// <summary>Of all classes and models that a graph names, in characters: its needs are kept in memory while it waits.</summary>
    public const int LongestNeeds = 32_768;

    private const int VersionLength = 16;

    private readonly PromptGraph _graph;

    private RawPrompt(PromptGraph graph)
    {
        _graph = graph;
        Needs = NeedsOf(graph);
    }

    public GraphNeeds Needs { get; }

    /// <summary>The classes of all nodes, by node.</summary>
    public IEnumerable<KeyValuePair<string, string>> Classes =>
        _graph.Nodes.Select(node => KeyValuePair.Create(node.Id, node.ClassType));

    /// <returns>The graph, or why no instance may see it.</returns>
    public static (RawPrompt? Prompt, ImmutableArray<GraphHazard> Hazards) Read(JsonElement graph)
    {
        if (graph.ValueKind == JsonValueKind.Object && graph.GetPropertyCount() is > MostNodes and var count)
        {
            return (null, [new GraphHazard("", $"has {count} nodes; at most {MostNodes} are allowed")]);
        }

        var hazards = GraphHazards.Find(graph);
        if (!hazards.IsEmpty)
        {
            return (null, hazards);
        }

        var prompt = new RawPrompt(ReadSafe(graph));
        return prompt.Needs.Length <= LongestNeeds
            ? (prompt, [])
            : (null, [new GraphHazard(
                "", $"names classes and models with {prompt.Needs.Length} characters in all; at most {LongestNeeds} are allowed")]);
    }

    /// <summary>Whether any loader names the file.</summary>
    public bool Loads(string file) => TargetsOf(file).Any();

    /// <summary>The graph of a job as the workflow that the job runs: one input for each file, and all outputs.</summary>
    /// <param name="graph">As it was accepted.</param>
    /// <param name="inputs">What the job was accepted with; the graph is among them.</param>
    public static Workflow ToWorkflow(JsonElement graph, Inputs inputs)
    {
        var prompt = new RawPrompt(ReadSafe(graph));
        var specs = new OrderedDictionary<string, InputSpec>(StringComparer.Ordinal);
        foreach (var name in inputs.Values.Keys.Where(name => name.StartsWith(FilePrefix, StringComparison.Ordinal)))
        {
            specs.Add(name, new InputSpec(name, InputType.Image, [.. prompt.TargetsOf(name[FilePrefix.Length..])]));
        }

        var manifest = new WorkflowManifest { Inputs = specs };
        return new Workflow(WorkflowName.Prompt, prompt._graph, manifest, inputs.Graph!.Blob.Id.Value[..VersionLength]);
    }

    private static PromptGraph ReadSafe(JsonElement graph) => new(
        graph.GetRawText(), graph.EnumerateObject().Select(node => GraphNode.Read(node.Name, node.Value)));

    private IEnumerable<NodeInput> TargetsOf(string file) =>
        from node in _graph.Nodes
        let loader = ImageLoaders.Of(node.ClassType)
        where loader is not null && node.Values.TryGetValue(loader.Input, out var value)
            && value.ValueKind == JsonValueKind.String && value.ValueEquals(file)
        select new NodeInput(node.Id, loader.Input);

    private static GraphNeeds NeedsOf(PromptGraph graph)
    {
        var needs = NeedsReader.Read(graph, new WorkflowManifest());
        return new GraphNeeds(
            [.. needs.Classes.Order(StringComparer.Ordinal)],
            [
                .. needs.Choices.OrderBy(choice => choice.ClassType, StringComparer.Ordinal)
                    .ThenBy(choice => choice.Input, StringComparer.Ordinal)
                    .ThenBy(choice => choice.Value, StringComparer.Ordinal),
            ]);
    }
}

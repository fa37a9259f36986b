using System.Text.Json;

namespace AkkaComfy.Core.Workflows;

/// <summary>Finds in a graph without a manifest what clients may set: images, and what nodes are titled to offer.</summary>
internal sealed class InferredInputs(PromptGraph graph, ProblemList problems)
{
    public const string FirstImage = "imageFile";

    private const string Mark = "input:";

    private readonly OrderedDictionary<string, InputSpec> _inputs = new(StringComparer.Ordinal);
    private int _images;

    public OrderedDictionary<string, InputSpec> Find()
    {
        foreach (var node in graph.Nodes)
        {
            var name = NameIn(node.Title);
            if (ImageLoaders.Of(node.ClassType) is { } loader && node.Values.ContainsKey(loader.Input))
            {
                var target = new NodeInput(node.Id, loader.Input);
                Add(node, new InputSpec(name ?? NextImage(), loader.Type, [target]) { Required = true });
            }
            else if (name is not null)
            {
                AddWidget(node, name);
            }
        }

        return _inputs;
    }

    /// <returns>Null for a node whose title does not say that it offers anything.</returns>
    public static string? NameIn(string? title) => title?.Trim() is { } text
        && text.StartsWith(Mark, StringComparison.OrdinalIgnoreCase) ? text[Mark.Length..].Trim() : null;

    private string NextImage() => ++_images == 1 ? FirstImage : $"{FirstImage}{_images}";

    private void AddWidget(GraphNode node, string name)
    {
        var widgets = node.Values.Where(value => WidgetGuess.IsWidget(value.Value)).Select(value => value.Key)
            .Order(StringComparer.Ordinal).ToList();
        if (widgets is [var widget])
        {
            Add(node, WidgetGuess.Of(name, node, widget));
            return;
        }

        var found = widgets.Count == 0 ? "no widget" : $"{widgets.Count} widgets, {string.Join(", ", widgets)}";
        Problem(node, $"a node titled '{Mark}{name}' must have a single widget, but this {node.ClassType} has {found}; "
            + $"write a {WorkflowParser.ManifestFile} to choose one");
    }

    /// <summary>Several nodes of the same title are set together.</summary>
    private void Add(GraphNode node, InputSpec spec)
    {
        if (InputNames.WhatIsWrongWith(spec.Name) is { } reason)
        {
            Problem(node, reason);
        }
        else if (!_inputs.TryGetValue(spec.Name, out var other))
        {
            _inputs.Add(spec.Name, spec);
        }
        else if (other.Type == spec.Type)
        {
            _inputs[spec.Name] = other with { Bind = [.. other.Bind, .. spec.Bind] };
        }
        else
        {
            Problem(node, $"'{spec.Name}' is of type {spec.TypeName} here, but of type {other.TypeName} "
                + $"at node '{other.Bind[0].NodeId}'");
        }
    }

    private void Problem(GraphNode node, string reason) => problems.Add($"{node.Id}._meta.title", reason);
}

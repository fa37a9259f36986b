using System.Collections.Immutable;
using System.Text.Json;

namespace AkkaComfy.Core.Workflows.Drafting;

/// <summary>Finds in a graph what clients are likely to want to set, as precisely as can be known.</summary>
internal sealed class DraftInputs(
    PromptGraph graph, IReadOnlyDictionary<string, DeclaredNode>? declared, ProblemList problems)
{
    private readonly PromptRoles _roles = new(graph);
    private OrderedDictionary<string, InputSpec> _inputs = new(StringComparer.Ordinal);

    public OrderedDictionary<string, InputSpec> Find()
    {
        _inputs = new InferredInputs(graph, problems).Find();
        foreach (var (name, spec) in _inputs.ToList())
        {
            _inputs[name] = spec.IsImage ? spec : Refine(spec);
        }

        foreach (var node in graph.Nodes.Where(node => InferredInputs.NameIn(node.Title) is null))
        {
            foreach (var widget in node.Values.Where(value => WidgetGuess.IsWidget(value.Value))
                .Select(value => value.Key).Order(StringComparer.Ordinal))
            {
                AddLikely(node, widget);
            }
        }

        return _inputs;
    }

    private void AddLikely(GraphNode node, string widget)
    {
        if (NameFor(node, widget) is not { } name)
        {
            return;
        }

        var spec = Refine(WidgetGuess.Of(name, node, widget));
        if (spec.Type == InputType.Seed && _inputs.TryGetValue(name, out var seed) && seed.Type == InputType.Seed)
        {
            // One seed for all: what is asked for again is to come out again.
            _inputs[name] = seed with
            {
                Bind = [.. seed.Bind, .. spec.Bind],
                Minimum = Math.Max(seed.Minimum!.Value, spec.Minimum!.Value),
                Maximum = Math.Min(seed.Maximum!.Value, spec.Maximum!.Value),
            };
            return;
        }

        name = InputNames.Unused(name, _inputs.ContainsKey);
        _inputs.Add(name, spec with { Name = name });
    }

    /// <returns>Null for a widget that is nobody's business but the graph's.</returns>
    private string? NameFor(GraphNode node, string widget)
    {
        var input = DeclaredOf(new NodeInput(node.Id, widget));
        if (KnownWidgets.Find(widget) is { } known)
        {
            return known.NeedsOptions && input?.ValueType != InputType.Enum ? null : known.Name;
        }

        var isPrompt = node.Values[widget].ValueKind == JsonValueKind.String
            && (KnownWidgets.IsPrompt(widget) || input is { Type: "STRING", IsMultiline: true });
        return isPrompt ? _roles.NameOf(node, widget) : null;
    }

    private DeclaredInput? DeclaredOf(NodeInput target) =>
        declared?.GetValueOrDefault(graph.ClassOf(target.NodeId)!)?.Inputs.GetValueOrDefault(target.Input);

    /// <summary>What an instance declares goes before what a name suggests.</summary>
    private InputSpec Refine(InputSpec guess)
    {
        var target = guess.Bind[0];
        var value = graph.Find(target.NodeId)!.Values[target.Input];
        var spec = DeclaredOf(target) is { ValueType: { } type } input
            ? ByDeclaration(guess, type, input)
            : ByName(guess, target.Input);
        return spec with { Default = spec.Type == InputType.Seed ? null : WidgetGuess.DefaultOf(spec, value) };
    }

    private static InputSpec ByDeclaration(InputSpec guess, InputType type, DeclaredInput input)
    {
        var kept = guess.Type == InputType.Seed && type == InputType.Integer ? InputType.Seed : type;
        var spec = WidgetGuess.Of(guess.Name, kept, guess.Bind[0]) with
        {
            Bind = guess.Bind,
            Description = input.Description,
            Values = kept == InputType.Enum ? [.. input.Options!.Distinct(StringComparer.Ordinal)] : [],
        };
        return kept is InputType.Integer or InputType.Seed or InputType.Number ? Within(spec, input.Minimum, input.Maximum) : spec;
    }

    private static InputSpec ByName(InputSpec guess, string widget) =>
        KnownWidgets.Find(widget) is { } known && guess.Type is InputType.Integer or InputType.Number
            ? Within(guess, known.Minimum, known.Maximum)
            : guess;

    private static InputSpec Within(InputSpec spec, decimal? minimum, decimal? maximum) => spec.Type == InputType.Number
        ? spec with { Minimum = minimum, Maximum = maximum }
        : spec with
        {
            Minimum = Math.Max(spec.Minimum!.Value, decimal.Ceiling(minimum ?? spec.Minimum.Value)),
            Maximum = Math.Min(spec.Maximum!.Value, decimal.Floor(maximum ?? spec.Maximum.Value)),
        };
}

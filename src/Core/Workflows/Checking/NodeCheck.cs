using System.Text.Json;

namespace AkkaComfy.Core.Workflows.Checking;

/// <summary>Holds a node, with the values that the graph gives it, against its class.</summary>
internal static class NodeCheck
{
    /// <param name="setBy">The inputs of the workflow that set a widget.</param>
    public static IEnumerable<WorkflowIssue> Of(
        GraphNode node, DeclaredNode declared, Func<NodeInput, IEnumerable<InputSpec>> setBy)
    {
        var missing = declared.Inputs.Where(input => input.Value.Required && !node.HasInput(input.Key))
            .Select(input => input.Key).Order(StringComparer.Ordinal);
        foreach (var name in missing)
        {
            yield return Issue(IssueSeverity.Error, node, name, $"{node.ClassType} requires it");
        }

        foreach (var name in node.Values.Keys.Order(StringComparer.Ordinal))
        {
            var setters = setBy(new NodeInput(node.Id, name)).ToList();
            if (!declared.Inputs.TryGetValue(name, out var input))
            {
                // What clients may set is told with the manifest.
                if (setters.Count == 0)
                {
                    yield return Issue(
                        IssueSeverity.Warning, node, name, $"{node.ClassType} declares no such input and may ignore it");
                }
            }
            else if (!setters.Exists(AlwaysSets) && WhatIsWrong(node.Values[name], input) is { } reason)
            {
                yield return Issue(IssueSeverity.Error, node, name, reason);
            }
        }
    }

    private static bool AlwaysSets(InputSpec spec) => spec.Required || spec.Default is not null || spec.Type == InputType.Seed;

    private static string? WhatIsWrong(JsonElement value, DeclaredInput input)
    {
        if (!WidgetGuess.IsWidget(value))
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (input.Options is { } options)
        {
            return options.Contains(text) ? null : $"{JsonWords.Quote(text)} is not offered; there are {Some(options)}";
        }

        return input.ValueType is InputType.Integer or InputType.Number
            && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number)
            && (number < input.Minimum || number > input.Maximum)
                ? $"{number} is not within {input.Minimum?.ToString() ?? "…"} to {input.Maximum?.ToString() ?? "…"}"
                : null;
    }

    /// <summary>Lists of models are long.</summary>
    internal static string Some(IReadOnlyList<string> options) => options.Count switch
    {
        0 => "none",
        <= 8 => string.Join(", ", options),
        _ => $"{string.Join(", ", options.Take(8))} and {options.Count - 8} more",
    };

    private static WorkflowIssue Issue(IssueSeverity severity, GraphNode node, string input, string reason) =>
        new(severity, WorkflowParser.GraphFile, $"{node.Id}.inputs.{input}", reason);
}

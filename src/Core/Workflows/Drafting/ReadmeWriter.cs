using System.Globalization;
using System.Text;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Workflows.Drafting;

/// <summary>Writes for people what a workflow takes, what it answers, and how to call it.</summary>
internal static class ReadmeWriter
{
    public static string Write(Workflow workflow)
    {
        var text = new StringBuilder();
        text.Append($"# {workflow.Title}\n\n`POST /api/{workflow.Name}`\n\n");
        if (workflow.Inputs.Count > 0)
        {
            text.Append("| input | type | |\n|---|---|---|\n");
            text.AppendJoin("", workflow.Inputs.Values.Select(input => $"| `{input.Name}` | {input.TypeName} | {Words(input)} |\n"));
            text.Append('\n');
        }

        var outputs = workflow.Outputs.Select(output => $"`{output.NodeId}` ({workflow.ClassOf(output.NodeId)})");
        text.Append($"It answers what is made by {Nodes(workflow.Outputs.Length)} {string.Join(", ", outputs)}.\n\n");
        text.Append($"```bash\ncurl {Fields(workflow)}localhost:3000/api/{workflow.Name}\n```\n\n");
        text.Append($"It needs the nodes {string.Join(", ", workflow.Needs.Classes.Order(StringComparer.Ordinal))}");
        var models = workflow.Needs.Choices.Select(choice => choice.Value).Distinct(StringComparer.Ordinal).ToList();
        return text.Append(models.Count > 0 ? $", and {string.Join(", ", models)}.\n" : ".\n").ToString();
    }

    private static string Nodes(int count) => count == 1 ? "node" : "the nodes";

    private static string Words(InputSpec input)
    {
        var words = new List<string>();
        if (input.Required)
        {
            words.Add("required");
        }

        if (input.Type == InputType.Seed)
        {
            words.Add("random when absent");
        }

        if (Value(input.Default) is { } value)
        {
            words.Add($"default `{value}`");
        }

        words.Add((input.Minimum, input.Maximum, input.Type) switch
        {
            (_, _, InputType.Enum) => $"one of {string.Join(", ", input.Values)}",
            (_, null, _) or (null, _, _) or (_, _, InputType.Seed) => "",
            (long.MinValue, long.MaxValue, _) => "",
            var (minimum, maximum, _) => $"{minimum} to {maximum}",
        });
        words.Add(input.Description ?? "");
        return string.Join("; ", words.Where(word => word.Length > 0)).Replace("|", "\\|", StringComparison.Ordinal)
            .ReplaceLineEndings(" ");
    }

    /// <summary>What must be sent, or else the first of what may.</summary>
    private static string Fields(Workflow workflow)
    {
        var required = workflow.Inputs.Values.Where(input => input.Required).ToList();
        var shown = required.Count > 0 ? required : workflow.Inputs.Values.Take(1).ToList();
        return shown.Count == 0
            ? "-H 'Content-Type: application/json' -d '{}' "
            : string.Concat(shown.Select(input => $"-F {input.Name}={(input.IsImage ? "@image.png" : $"'{Example(input)}'")} "));
    }

    private static string Example(InputSpec input) =>
        (Value(input.Default) ?? "…").ReplaceLineEndings(" ").Replace("'", "’", StringComparison.Ordinal);

    private static string? Value(InputValue? value) => value switch
    {
        InputValue.Text { Value.Length: > 0 and <= 80 } text => text.Value,
        InputValue.Integer whole => whole.Value.ToString(CultureInfo.InvariantCulture),
        InputValue.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        InputValue.Flag flag => flag.Value ? "true" : "false",
        _ => null,
    };
}

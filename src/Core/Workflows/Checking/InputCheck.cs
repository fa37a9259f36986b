namespace AkkaComfy.Core.Workflows.Checking;

/// <summary>Holds an input of a workflow against the widgets that it sets.</summary>
internal static class InputCheck
{
    /// <param name="classOf">The class of a target's node; null for one that is missing, which is told elsewhere.</param>
    public static IEnumerable<WorkflowIssue> Of(InputSpec input, Func<NodeInput, DeclaredNode?> classOf) =>
        from target in input.Bind
        let node = classOf(target)
        where node is not null
        from issue in node.Inputs.TryGetValue(target.Input, out var declared)
            ? Of(input, target, declared)
            : [Issue(IssueSeverity.Error, input, "bind", $"the node of '{target}' declares no such input")]
        select issue;

    private static IEnumerable<WorkflowIssue> Of(InputSpec input, NodeInput target, DeclaredInput declared)
    {
        if (!input.IsImage && !Suits(input.Type, declared))
        {
            yield return Issue(
                IssueSeverity.Error, input, "type", $"is {input.TypeName}, but '{target}' takes {declared.Type}");
        }

        if (input.Type == InputType.Enum && declared.Options is { } options)
        {
            foreach (var value in input.Values.Where(value => !options.Contains(value)))
            {
                yield return Issue(
                    IssueSeverity.Error, input, "values",
                    $"{JsonWords.Quote(value)} is not offered by '{target}'; there are {NodeCheck.Some(options)}");
            }
        }

        if (declared.ValueType is not (InputType.Integer or InputType.Number) || input.Type == InputType.Seed)
        {
            yield break;
        }

        if (Natural(input.Minimum) is { } minimum && minimum < declared.Minimum)
        {
            yield return Issue(
                IssueSeverity.Warning, input, "minimum", $"is {minimum}, but '{target}' takes no less than {declared.Minimum}");
        }

        if (Natural(input.Maximum) is { } maximum && maximum > declared.Maximum)
        {
            yield return Issue(
                IssueSeverity.Warning, input, "maximum", $"is {maximum}, but '{target}' takes no more than {declared.Maximum}");
        }
    }

    /// <summary>A bound that the manifest does not name promises nothing.</summary>
    private static decimal? Natural(decimal? bound) => bound is long.MinValue or long.MaxValue ? null : bound;

    private static bool Suits(InputType type, DeclaredInput declared) => declared.Type switch
    {
        "INT" => type is InputType.Integer or InputType.Seed,
        "FLOAT" => type is InputType.Number or InputType.Integer,
        "BOOLEAN" => type is InputType.Boolean,
        "STRING" or "COMBO" => type is InputType.String or InputType.Enum,
        _ => true,
    };

    private static WorkflowIssue Issue(IssueSeverity severity, InputSpec input, string key, string reason) =>
        new(severity, WorkflowParser.ManifestFile, $"inputs.{input.Name}.{key}", reason);
}

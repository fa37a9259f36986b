using System.Globalization;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Workflows;

/// <summary>Holds values that were read under one version of a workflow against another version's inputs.</summary>
internal static class InputFit
{
    /// <returns>Null when all of them would be taken, and none that is required is missing.</returns>
    public static string? WhatIsWrong(IReadOnlyDictionary<string, InputSpec> specs, Inputs inputs)
    {
        var wrong = inputs.Values
            .Where(input => input.Value is not InputValue.Graph)
            .Select(input => specs.TryGetValue(input.Key, out var spec)
                ? WhatIsWrong(spec, input.Value)
                : $"there is no input '{input.Key}' any more")
            .Concat(specs.Values
                .Where(spec => spec.Required && !inputs.Values.ContainsKey(spec.Name))
                .Select(spec => $"'{spec.Name}' is required now"));
        return wrong.OfType<string>().FirstOrDefault();
    }

    private static string? WhatIsWrong(InputSpec spec, InputValue value) => value switch
    {
        InputValue.Image when spec.IsImage => null,
        InputValue.Text text when spec.Type is InputType.String or InputType.Enum => Read(spec, text.Value),
        InputValue.Integer whole when spec.Type is InputType.Integer or InputType.Seed or InputType.Number =>
            Read(spec, whole.Value.ToString(CultureInfo.InvariantCulture)),
        InputValue.Number number when spec.Type is InputType.Number =>
            Read(spec, number.Value.ToString("R", CultureInfo.InvariantCulture)),
        InputValue.Flag when spec.Type is InputType.Boolean => null,
        _ => $"'{spec.Name}' is of type {spec.TypeName} now",
    };

    private static string? Read(InputSpec spec, string text) =>
        InputText.Read(spec, text).Error is { } error ? $"'{spec.Name}': {error}" : null;
}

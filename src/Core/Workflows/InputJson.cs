using System.Globalization;
using System.Text.Json;

namespace AkkaComfy.Core.Workflows;

/// <summary>Reads the value of an input from JSON: it must have the kind that the input's type asks for.</summary>
public static class InputJson
{
    /// <returns>The value as a form field's text would say it; neither for null, which is a value left out.</returns>
    public static (string? Text, string? Error) Read(InputSpec spec, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => (null, null),
        JsonValueKind.String when spec.Type is InputType.String or InputType.Enum or InputType.Seed =>
            (value.GetString(), null),
        JsonValueKind.Number when spec.Type is InputType.Integer or InputType.Seed => (WholeNumber(value), null),
        JsonValueKind.Number when spec.Type is InputType.Number => (value.GetRawText(), null),
        JsonValueKind.True or JsonValueKind.False when spec.Type is InputType.Boolean => (value.GetRawText(), null),
        _ => (null, $"must be {ExpectedBy(spec)}, but is {JsonWords.Describe(value)}"),
    };

    /// <summary>20, 20.0 and 2e1 are one number; what is none stays as it is, to be told.</summary>
    private static string WholeNumber(JsonElement value) =>
        value.TryGetDecimal(out var number) && decimal.IsInteger(number)
            ? decimal.Truncate(number).ToString("0", CultureInfo.InvariantCulture)
            : value.GetRawText();

    private static string ExpectedBy(InputSpec spec) => spec.Type switch
    {
        InputType.Image or InputType.Mask => "a string: base64, a data URI, or an address",
        InputType.Integer => "a whole number",
        InputType.Seed => "a whole number, or a string of digits where JSON's own numbers are too small",
        InputType.Number => "a number",
        InputType.Boolean => "true or false",
        _ => "a string",
    };
}

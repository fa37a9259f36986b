using System.Diagnostics;
using System.Globalization;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Workflows;

/// <summary>Reads a value from the text of a form field.</summary>
internal static class InputText
{
    public static (InputValue? Value, string? Error) Read(InputSpec spec, string text) => spec.Type switch
    {
        InputType.String => ReadString(spec, text),
        InputType.Integer or InputType.Seed => ReadInteger(spec, text),
        InputType.Number => ReadNumber(spec, text),
        InputType.Boolean => ReadBoolean(text),
        InputType.Enum => spec.Values.Contains(text, StringComparer.Ordinal)
            ? (new InputValue.Text(text), null)
            : (null, $"{JsonWords.Quote(text)} is not one of {string.Join(", ", spec.Values)}"),
        _ => throw new UnreachableException($"{spec.Type} is not read from text"),
    };

    private static (InputValue?, string?) ReadString(InputSpec spec, string text) =>
        text.Length >= spec.MinLength && text.Length <= spec.MaxLength
            ? (new InputValue.Text(text), null)
            : (null, $"{JsonWords.Quote(text)} must have {spec.MinLength} to {spec.MaxLength} characters");

    private static (InputValue?, string?) ReadInteger(InputSpec spec, string text) =>
        decimal.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number >= spec.Minimum && number <= spec.Maximum
            ? (new InputValue.Integer(number), null)
            : (null, $"{JsonWords.Quote(text)} is not a whole number from {spec.Minimum} to {spec.Maximum}");

    private static (InputValue?, string?) ReadNumber(InputSpec spec, string text) =>
        double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
        && !(number < (double?)spec.Minimum) && !(number > (double?)spec.Maximum)
            ? (new InputValue.Number(number), null)
            : (null, $"{JsonWords.Quote(text)} is not a number{RangeOf(spec)}");

    private static (InputValue?, string?) ReadBoolean(string text) => text.Trim().ToLowerInvariant() switch
    {
        "true" or "1" => (new InputValue.Flag(true), null),
        "false" or "0" => (new InputValue.Flag(false), null),
        _ => (null, $"{JsonWords.Quote(text)} is neither true nor false"),
    };

    private static string RangeOf(InputSpec spec) => (spec.Minimum, spec.Maximum) switch
    {
        ({ } minimum, { } maximum) => $" from {minimum} to {maximum}",
        ({ } minimum, null) => $" of at least {minimum}",
        (null, { } maximum) => $" of at most {maximum}",
        _ => "",
    };
}

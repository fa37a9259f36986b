using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Nodes;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Execution;

/// <summary>Turns a constant into its declared type, in place, and holds it to its declared bounds.</summary>
internal static class InputConversion
{
    /// <summary>The error, or null.</summary>
    public static JsonObject? Apply(InputSpec input, NodeSchema schema, JsonObject inputs)
    {
        var given = inputs[input.Name];
        if (given is JsonObject wrapped && wrapped.TryGetPropertyValue("__value__", out var inner))
        {
            inputs[input.Name] = given = inner?.DeepClone();
        }

        JsonNode? value;
        try
        {
            value = Converted(input.Type, given);
        }
        catch (PythonException e)
        {
            return ValidationErrors.Unconvertible(input, schema, given, e.Message);
        }

        if (!ReferenceEquals(value, given))
        {
            inputs[input.Name] = value;
        }

        return input.Checked ? OutOfBounds(input, schema, value) : null;
    }

    private static JsonNode? Converted(string type, JsonNode? given) => type switch
    {
        "INT" => JsonNode.Parse(Python.Integer(given).ToString()),
        "FLOAT" => Json.Float(Python.Float(given)),
        "STRING" => given is JsonValue text && Python.TypeName(text) == "str" ? given : Python.Text(given),
        "BOOLEAN" => Python.Truth(given),
        _ => given,
    };

    private static JsonObject? OutOfBounds(InputSpec input, NodeSchema schema, JsonNode? value)
    {
        if (input.Options is not null)
        {
            return input.Options.Contains(Python.Text(value)) && Python.TypeName(value) == "str"
                ? null
                : ValidationErrors.NotInList(input, schema, value);
        }

        if (input.Config?["min"] is { } minimum && IsLess(input, value, minimum))
        {
            return ValidationErrors.TooSmall(input, schema, value!, minimum);
        }

        if (input.Config?["max"] is { } maximum && IsLess(input, maximum, value))
        {
            return ValidationErrors.TooBig(input, schema, value!, maximum);
        }

        return null;
    }

    /// <summary>Whole numbers are compared as such: seeds need more digits than fractions have.</summary>
    private static bool IsLess(InputSpec input, JsonNode? value, JsonNode? bound) => input.Type == "INT"
        ? Python.Integer(value) < Python.Integer(bound)
        : Python.Float(value) < Python.Float(bound);
}

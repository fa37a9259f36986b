using System.Text.Json;
using System.Text.RegularExpressions;

namespace AkkaComfy.Host.Tests.OpenApi;

/// <summary>Tells whether JSON fits a schema of an OpenAPI 3.1 document; knows exactly the keywords that ours uses.</summary>
/// <param name="schemas">The components that references name.</param>
internal sealed class JsonShape(JsonElement schemas)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const string Reference = "#/components/schemas/";

    /// <returns>Every misfit, with its place.</returns>
    public IEnumerable<string> Misfits(JsonElement value, JsonElement schema, string at = "$") =>
        schema.EnumerateObject().SelectMany(keyword => Misfits(value, schema, keyword, at));

    private IEnumerable<string> Misfits(JsonElement value, JsonElement schema, JsonProperty keyword, string at)
    {
        var rule = keyword.Value;
        return keyword.Name switch
        {
            "$ref" => Misfits(value, schemas.GetProperty(rule.GetString()![Reference.Length..]), at),
            "type" => Unless(IsOfType(value, rule), $"is no {rule}"),
            "enum" => Unless(rule.EnumerateArray().Any(choice => JsonElement.DeepEquals(choice, value)), $"is none of {rule}"),
            "oneOf" or "anyOf" => Unless(
                rule.EnumerateArray().Any(choice => !Misfits(value, choice, at).Any()), $"fits none of {rule}"),
            "required" when value.ValueKind == JsonValueKind.Object => rule.EnumerateArray()
                .Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{at} lacks '{name}'"),
            "properties" when value.ValueKind == JsonValueKind.Object => value.EnumerateObject().SelectMany(member =>
                rule.TryGetProperty(member.Name, out var inner) ? Misfits(member.Value, inner, $"{at}.{member.Name}")
                : Unless(schema.TryGetProperty("additionalProperties", out var open) && open.ValueKind != JsonValueKind.False,
                    $"has '{member.Name}', of which the schema knows nothing")),
            "additionalProperties" when (value.ValueKind, rule.ValueKind) == (JsonValueKind.Object, JsonValueKind.Object) => value.EnumerateObject().SelectMany(
                member => Misfits(member.Value, rule, $"{at}.{member.Name}")),
            "items" when value.ValueKind == JsonValueKind.Array => value.EnumerateArray().SelectMany(
                (item, index) => Misfits(item, rule, $"{at}[{index}]")),
            "minimum" when value.ValueKind == JsonValueKind.Number =>
                Unless(value.GetDecimal() >= rule.GetDecimal(), $"is below {rule}"),
            "maximum" when value.ValueKind == JsonValueKind.Number =>
                Unless(value.GetDecimal() <= rule.GetDecimal(), $"is above {rule}"),
            "minLength" when value.ValueKind == JsonValueKind.String =>
                Unless(value.GetString()!.Length >= rule.GetInt32(), $"is shorter than {rule}"),
            "maxLength" when value.ValueKind == JsonValueKind.String =>
                Unless(value.GetString()!.Length <= rule.GetInt32(), $"is longer than {rule}"),
            "pattern" when value.ValueKind == JsonValueKind.String =>
                Unless(Regex.IsMatch(value.GetString()!, rule.GetString()!, RegexOptions.None, Patience), $"does not match {rule}"),
            "required" or "properties" or "additionalProperties" or "items" or "minimum" or "maximum" or "minLength"
                or "maxLength" or "pattern" or "format" or "description" or "default" => [],
            var unknown => throw new NotSupportedException($"the keyword '{unknown}' at {at}"),
        };

        IEnumerable<string> Unless(bool fits, string complaint) => fits ? [] : [$"{at} {complaint}: {value}"];
    }

    private static bool IsOfType(JsonElement value, JsonElement rule) => rule.ValueKind == JsonValueKind.Array
        ? rule.EnumerateArray().Any(type => IsOfType(value, type))
        : rule.GetString() switch
        {
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "null" => value.ValueKind == JsonValueKind.Null,
            "array" => value.ValueKind == JsonValueKind.Array,
            "object" => value.ValueKind == JsonValueKind.Object,
            "number" => value.ValueKind == JsonValueKind.Number,
            "integer" => value.ValueKind == JsonValueKind.Number && decimal.IsInteger(value.GetDecimal()),
            var unknown => throw new NotSupportedException($"the type '{unknown}'"),
        };
}

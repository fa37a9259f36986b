using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace AkkaComfy.Host.OpenApi;

/// <summary>Schemas of single values.</summary>
internal static class Shapes
{
    public static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    public static OpenApiSchema Flag() => new() { Type = JsonSchemaType.Boolean };

    public static OpenApiSchema Bytes() => new() { Type = JsonSchemaType.String, Format = "binary" };

    public static OpenApiSchema Of(string mediaType) =>
        mediaType.Contains("text", StringComparison.Ordinal) ? Text() : Bytes();

    public static OpenApiSchema OneOf(params IEnumerable<string> words) =>
        new() { Type = JsonSchemaType.String, Enum = [.. words.Select(word => (JsonNode)word)] };

    public static OpenApiSchema Integer(long minimum, long? maximum = null, long? @default = null) => new()
    {
        Type = JsonSchemaType.Integer,
        Minimum = $"{minimum}",
        Maximum = maximum is { } most ? $"{most}" : null,
        Default = @default,
    };

    public static OpenApiSchema Number(long minimum, long maximum, long? @default = null) => new()
    {
        Type = JsonSchemaType.Number,
        Minimum = $"{minimum}",
        Maximum = $"{maximum}",
        Default = @default,
    };

    public static OpenApiSchema Id() => new() { Type = JsonSchemaType.String, Format = "uuid" };
}

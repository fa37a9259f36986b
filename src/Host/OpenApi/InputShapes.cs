using System.Globalization;
using System.Text.Json.Nodes;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Messages;
using Microsoft.OpenApi;

namespace AkkaComfy.Host.OpenApi;

/// <summary>The inputs of a workflow as schemas, and values that fit them.</summary>
internal static class InputShapes
{
    private const string ImageTypes = "image/png, image/jpeg, image/webp";

    /// <summary>The smallest of images: one transparent pixel.</summary>
    public const string Pixel =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    public static OpenApiMediaType Form(IEnumerable<InputSpec> inputs)
    {
        var media = new OpenApiMediaType { Schema = Fields(inputs, asForm: true) };
        foreach (var image in inputs.Where(input => input.IsImage))
        {
            media.Encoding ??= new Dictionary<string, OpenApiEncoding>(StringComparer.Ordinal);
            media.Encoding[image.Name] = new OpenApiEncoding { ContentType = ImageTypes };
        }

        return media;
    }

    public static OpenApiMediaType Json(IEnumerable<InputSpec> inputs) => new()
    {
        Schema = Fields(inputs, asForm: false),
        Example = new JsonObject(inputs
            .Where(input => input.Required || input.Default is not null)
            .Select(input => KeyValuePair.Create(input.Name, Example(input)))),
    };

    private static OpenApiSchema Fields(IEnumerable<InputSpec> inputs, bool asForm) => new()
    {
        Type = JsonSchemaType.Object,
        Required = inputs.Where(input => input.Required).Select(input => input.Name).ToHashSet(StringComparer.Ordinal),
        AdditionalPropertiesAllowed = false,
        Properties = inputs.ToDictionary(
            input => input.Name, input => (IOpenApiSchema)Field(input, asForm), StringComparer.Ordinal),
    };

    private static OpenApiSchema Field(InputSpec input, bool asForm)
    {
        var schema = input.Type switch
        {
            InputType.Image or InputType.Mask when asForm => Shapes.Bytes(),
            InputType.Image or InputType.Mask => Shapes.Text(),
            InputType.Integer => new OpenApiSchema { Type = JsonSchemaType.Integer },
            InputType.Number => new OpenApiSchema { Type = JsonSchemaType.Number },
            InputType.Boolean => Shapes.Flag(),
            InputType.Enum => Shapes.OneOf(input.Values),
            // Many programs cannot hold so large a number.
            InputType.Seed => new OpenApiSchema
            {
                Type = JsonSchemaType.Integer | JsonSchemaType.String,
                Pattern = "^[0-9]{1,20}$",
            },
            InputType.String => new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                MinLength = input.MinLength,
                MaxLength = input.MaxLength,
            },
            _ => throw new ArgumentOutOfRangeException(nameof(input), input.Type, "a type without a schema"),
        };
        schema.Description = input.Description ?? Meaning(input, asForm);
        schema.Minimum = input.Minimum?.ToString(CultureInfo.InvariantCulture);
        schema.Maximum = input.Maximum?.ToString(CultureInfo.InvariantCulture);
        schema.Default = Value(input.Default);
        return schema;
    }

    private static string? Meaning(InputSpec input, bool asForm) => input.Type switch
    {
        InputType.Image or InputType.Mask when asForm => "PNG, JPEG or WebP, told by its content.",
        InputType.Image or InputType.Mask => "PNG, JPEG or WebP in base64, with or without a data URI before it.",
        InputType.Seed => "Drawn if there is none.",
        _ => null,
    };

    private static JsonNode? Example(InputSpec input) => Value(input.Default) ?? input.Type switch
    {
        InputType.Image or InputType.Mask => Pixel,
        InputType.Integer or InputType.Number or InputType.Seed => input.Minimum ?? 0,
        InputType.Boolean => true,
        InputType.Enum => input.Values[0],
        _ => new string('a', Math.Max(1, input.MinLength)),
    };

    private static JsonNode? Value(InputValue? value) => value switch
    {
        InputValue.Text text => text.Value,
        InputValue.Integer whole => whole.Value,
        InputValue.Number number => number.Value,
        InputValue.Flag flag => flag.Value,
        _ => null,
    };
}

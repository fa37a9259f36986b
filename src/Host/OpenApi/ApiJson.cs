using System.Text.Json;
using System.Text.Json.Serialization;

namespace AkkaComfy.Host.OpenApi;

/// <summary>How the bodies' types become schemas and examples: by the names under which they are sent.</summary>
internal static class ApiJson
{
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.NumberHandling = JsonNumberHandling.Strict;
        // What a body always has is required in its schema, and only what may be null is said to be.
        options.RespectRequiredConstructorParameters = true;
        options.RespectNullableAnnotations = true;
        return options;
    }
}

using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;

namespace AkkaComfy.Host.OpenApi;

/// <summary>The names of the bodies' types in the document: without the "Body" that tells them from what they show.</summary>
internal static class SchemaNames
{
    private const string Suffix = "Body";

    /// <returns>Null for a type that is described where it is used.</returns>
    public static string? Of(JsonTypeInfo type) =>
        OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name ? Shortened(name) : null;

    public static string Of(Type type) => Shortened(type.Name);

    private static string Shortened(string name) =>
        name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;
}

using System.Text.Json;

namespace AkkaComfy.Core.Workflows;

/// <summary>Names values in messages, never at length.</summary>
internal static class JsonWords
{
    private const int Longest = 60;

    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.Null => "null",
        JsonValueKind.String => Quote(value.GetString()!),
        _ => Shorten(value.GetRawText()),
    };

    public static string Quote(string text) =>
        text.Length <= Longest ? $"'{text}'" : $"'{Shorten(text)}' ({text.Length} characters)";

    /// <summary>No character is cut in two.</summary>
    public static string Shorten(string text) => text.Length <= Longest
        ? text
        : $"{text.AsSpan(0, char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)}…";
}

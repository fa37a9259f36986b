using System.Text.Json.Nodes;

namespace AkkaComfy.Emulator.Protocol;

/// <summary>The bodies of POST /queue and /history: <c>clear</c> and <c>delete</c>.</summary>
internal static class Commands
{
    /// <exception cref="PythonException">Not an object; ComfyUI answers 500.</exception>
    public static JsonObject Of(JsonNode? body) => body as JsonObject
        ?? throw new PythonException("AttributeError", $"'{Python.TypeName(body)}' object has no attribute 'get'");

    /// <summary>The ids to delete; of a text, its letters, as Python would have it.</summary>
    public static IReadOnlyList<string> Deletions(JsonObject commands)
    {
        if (!commands.TryGetPropertyValue("delete", out var ids))
        {
            return [];
        }

        return ids switch
        {
            JsonArray list => [.. list.Select(Python.Text)],
            JsonValue text when Python.TypeName(text) == "str" =>
                [.. text.GetValue<string>().Select(letter => $"{letter}")],
            JsonObject members => [.. members.Select(member => member.Key)],
            _ => throw new PythonException("TypeError", $"'{Python.TypeName(ids)}' object is not iterable"),
        };
    }
}

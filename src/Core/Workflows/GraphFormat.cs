using System.Text.Json;

namespace AkkaComfy.Core.Workflows;

/// <summary>Recognises files of ComfyUI that are no graph in the API's format, and says what to do with them.</summary>
internal static class GraphFormat
{
    private const string Editors =
        "is in the editor's format, which ComfyUI does not execute; open it in ComfyUI, choose Workflow > Export (API) "
        + "(Save (API Format) in older versions, with the dev mode on), and use that file";

    /// <returns>Null for what may be a graph.</returns>
    public static string? WhatElse(JsonElement root)
    {
        if (IsEditors(root))
        {
            return Editors;
        }

        if (!root.TryGetProperty("prompt", out var prompt) || IsNode(prompt) || prompt.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        return root.TryGetProperty("workflow", out var workflow) && IsEditors(workflow)
            ? "is what ComfyUI embeds in its images; keep only the object under 'prompt'"
            : "is a whole request to ComfyUI; keep only the object under 'prompt'";
    }

    /// <summary>A graph may hold nodes called <c>nodes</c> and <c>links</c>: they are objects, the editor's are lists.</summary>
    private static bool IsEditors(JsonElement root) => root.ValueKind == JsonValueKind.Object
        && (IsList(root, "nodes") || IsList(root, "links") || (Holds(root, "last_node_id") && Holds(root, "last_link_id")));

    private static bool IsList(JsonElement root, string name) =>
        root.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array;

    private static bool Holds(JsonElement root, string name) =>
        root.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Object;

    private static bool IsNode(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("class_type", out _);
}

using System.Text.Json;

namespace AkkaComfy.ComfyUI.Wire;

/// <summary>Reads our own mark on a prompt; whatever else stands in its place is somebody else's.</summary>
internal static class TagReader
{
    public static PromptTag? Read(JsonElement tag) =>
        tag.Get("job").Text() is { } job && tag.Get("attempt").Integer() is { } attempt
            ? new PromptTag(job, (int)attempt) { Gateway = tag.Get("gateway").Text() }
            : null;

    /// <returns>Null for what carries none, or none that could be ours.</returns>
    public static PromptTerms? ReadTerms(JsonElement tag) =>
        tag.Get("limit_ms").Integer() is { } limit and > 0 and <= int.MaxValue
        && tag.Get("outputs") is { ValueKind: JsonValueKind.Array } outputs
            ? new PromptTerms(
                tag.Get("version").Text(), [.. outputs.Items().Select(node => node.Text()).OfType<string>()],
                TimeSpan.FromMilliseconds(limit))
            : null;
}

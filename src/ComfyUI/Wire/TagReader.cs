using System.Text.Json;

namespace AkkaComfy.ComfyUI.Wire;

/// <summary>Reads our own mark on a prompt; whatever else stands in its place is somebody else's.</summary>
internal static class TagReader
{
    public static PromptTag? Read(JsonElement tag) =>
        tag.Get("job").Text() is { } job && tag.Get("attempt").Integer() is { } attempt
            ? new PromptTag(job, (int)attempt) { Gateway = tag.Get("gateway").Text() }
            : null;
}

using System.Text.Json;

namespace AkkaComfy.ComfyUI.Wire;

/// <summary>Reads the text frames of a socket, and the same events where history repeats them.</summary>
internal static class MessageReader
{
    public static ComfyMessage Read(ReadOnlyMemory<byte> frame)
    {
        try
        {
            using var document = Json.Parse(frame);
            var root = document.RootElement;
            return root.Get("type").Text() is { } type
                ? Read(type, root.Get("data"))
                : new ComfyMessage.Unknown("text", "no type");
        }
        catch (JsonException e)
        {
            return new ComfyMessage.Unknown("text", $"not JSON: {e.Message}");
        }
    }

    public static ComfyMessage Read(string type, JsonElement data) => type switch
    {
        "status" => new ComfyMessage.Status(
            (int?)data.Get("status").Get("exec_info").Get("queue_remaining").Integer(), data.Get("sid").Text()),
        "executing" => new ComfyMessage.Executing(
            data.Get("node").Text(), Display(data) ?? data.Get("node").Text(), data.Get("prompt_id").Text()),
        "progress" => Progress(data),
        "feature_flags" => new ComfyMessage.FeatureFlags(
            data.Get("supports_preview_metadata").Flag(), data.Get("max_upload_size").Integer()),
        _ when data.Get("prompt_id").Text() is { } promptId => OfPrompt(type, promptId, data),
        _ => Unknown(type, "unknown type, or no prompt_id"),
    };

    /// <summary>The node's id in the submitted graph, where the server of today tells.</summary>
    private static string? Display(JsonElement data) => data.Get("display_node").Text();

    private static ComfyMessage OfPrompt(string type, string promptId, JsonElement data) => type switch
    {
        "execution_start" => new ComfyMessage.ExecutionStart(promptId, data.Get("timestamp").Time()),
        "execution_cached" => new ComfyMessage.ExecutionCached(promptId, Texts(data.Get("nodes"))),
        "executed" => Executed(promptId, data),
        "progress_state" => new ComfyMessage.ProgressState(
            promptId, [.. data.Get("nodes").Members().Select(member => NodeProgress(member.Name, member.Value))]),
        "execution_success" => new ComfyMessage.ExecutionSuccess(promptId, data.Get("timestamp").Time()),
        "execution_error" => new ComfyMessage.ExecutionError(promptId, FaultClassifier.OfExecution(
            data.Get("node_id").Text(),
            data.Get("node_type").Text(),
            data.Get("exception_type").Text() ?? "",
            data.Get("exception_message").Text() ?? "")),
        "execution_interrupted" => new ComfyMessage.ExecutionInterrupted(
            promptId, data.Get("node_id").Text(), data.Get("node_type").Text()),
        _ => Unknown(type, "unknown type"),
    };

    private static ComfyMessage Progress(JsonElement data) =>
        data.Get("value").Number() is { } value && data.Get("max").Number() is { } max
            ? new ComfyMessage.Progress(value, max, data.Get("node").Text(), data.Get("prompt_id").Text())
            : Unknown("progress", "no value or max");

    private static ComfyMessage Executed(string promptId, JsonElement data)
    {
        if (data.Get("node").Text() is not { } node)
        {
            return Unknown("executed", "no node");
        }

        var display = Display(data) ?? node;
        return new ComfyMessage.Executed(
            node, display, promptId, OutputReader.OfNode(node, display, data.Get("output")));
    }

    private static NodeProgress NodeProgress(string node, JsonElement state) => new(
        node,
        state.Get("display_node_id").Text() ?? node,
        state.Get("value").Number() ?? 0,
        state.Get("max").Number() ?? 1,
        state.Get("state").Text() ?? "");

    private static string[] Texts(JsonElement list) => [.. list.Items().Select(Json.Text).OfType<string>()];

    private static ComfyMessage.Unknown Unknown(string type, string reason) =>
        new(FaultClassifier.Bounded(type, 100), reason);
}

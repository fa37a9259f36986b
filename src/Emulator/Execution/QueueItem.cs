using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Execution;

/// <summary>A validated prompt in the queue, together with the JSON by which ComfyUI shows it.</summary>
internal sealed class QueueItem
{
    public QueueItem(
        PromptNumber number, string id, JsonObject prompt, JsonNode? extraData, IReadOnlyList<string> outputs)
    {
        (Number, Id, Prompt, ExtraData, Outputs) = (number, id, prompt, extraData, outputs);
        Wire = Json.Array(
            Json.Bytes(number.ToJson()),
            Json.Bytes(id),
            Json.Bytes(prompt),
            Json.Bytes(extraData),
            Json.Bytes(Json.Strings(outputs)));
    }

    public PromptNumber Number { get; }

    public string Id { get; }

    /// <summary>Read by the worker only: HTTP answers use <see cref="Wire"/>.</summary>
    public JsonObject Prompt { get; }

    public JsonNode? ExtraData { get; }

    /// <summary>The output nodes to execute.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary><c>[number, id, prompt, extra_data, outputs]</c>.</summary>
    public ReadOnlyMemory<byte> Wire { get; }
}

using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Execution;

/// <summary>
/// A prompt's place in the queue: lower runs first; one that the client gave is a float, as in ComfyUI.
/// </summary>
internal readonly record struct PromptNumber(double Value, bool GivenByClient)
{
    public JsonNode ToJson() => GivenByClient ? Json.Float(Value) : JsonValue.Create((long)Value);
}

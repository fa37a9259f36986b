using System.Text.Json.Nodes;

namespace AkkaComfy.Emulator.Execution;

/// <summary>A node failed; carries what it was given, as clients are shown it.</summary>
internal sealed class NodeFailedException(Exception cause, JsonObject currentInputs) : Exception(cause.Message, cause)
{
    public JsonObject CurrentInputs { get; } = currentInputs;
}

using System.Text.Json.Nodes;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>What a node made: one value per declared output, and what clients are shown of it, if anything.</summary>
internal sealed record NodeResult(IReadOnlyList<object?> Outputs, JsonObject? Shown = null)
{
    public NodeResult(object? output)
        : this([output])
    {
    }
}

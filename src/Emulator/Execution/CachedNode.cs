using System.Text.Json.Nodes;

namespace AkkaComfy.Emulator.Execution;

/// <summary>A node's kept results; what is shown of it keeps the id under which it first ran.</summary>
internal sealed record CachedNode(IReadOnlyList<object?> Outputs, JsonObject? Shown, JsonObject? Meta);

using System.Text.Json.Nodes;

namespace AkkaComfy.Emulator.Execution;

/// <summary>Whether a node can run. Invalid without errors of its own: something upstream is at fault.</summary>
internal sealed record NodeVerdict(bool IsValid, IReadOnlyList<JsonObject> Errors);

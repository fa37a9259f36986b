using System.Text.Json.Nodes;

namespace AkkaComfy.Emulator.Execution;

/// <summary>The result of validation: an error that refuses the prompt, or the outputs that will run.</summary>
internal sealed record PromptVerdict(JsonObject? Error, IReadOnlyList<string> Outputs, JsonObject NodeErrors)
{
    public static PromptVerdict Refused(JsonObject error) => new(error, [], []);
}

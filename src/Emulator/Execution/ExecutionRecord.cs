namespace AkkaComfy.Emulator.Execution;

/// <summary>One execution of one prompt, as the emulator itself saw it.</summary>
/// <param name="Tag">The JSON text of <c>extra_data.akkacomfy</c>; null for a prompt without it.</param>
/// <param name="Ended">Null while it runs.</param>
public sealed record ExecutionRecord(
    string PromptId,
    string? Tag,
    DateTimeOffset Started,
    DateTimeOffset? Ended = null,
    ExecutionOutcome Outcome = ExecutionOutcome.Running);

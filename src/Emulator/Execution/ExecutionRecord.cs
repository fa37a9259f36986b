namespace AkkaComfy.Emulator.Execution;

/// <summary>One execution of one prompt, as the emulator itself saw it.</summary>
/// <param name="Tag">The JSON text of <c>extra_data.akkacomfy</c>; null for a prompt without it.</param>
/// <param name="Ended">Null while it runs.</param>
public sealed record ExecutionRecord(
    string PromptId,
    string? Tag,
    DateTimeOffset Started,
    DateTimeOffset? Ended = null,
    ExecutionOutcome Outcome = ExecutionOutcome.Running)
{
    /// <summary>
    /// On the monotonic clock of <see cref="EmulatorOptions.Time"/>; the system's is one for a whole machine.
    /// </summary>
    public TimeSpan StartClock { get; init; }

    /// <summary>On the same clock; null while it runs.</summary>
    public TimeSpan? EndClock { get; init; }
}

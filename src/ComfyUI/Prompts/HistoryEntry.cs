namespace AkkaComfy.ComfyUI;

/// <summary>How a prompt ended, by its history: the only word on completion that counts.</summary>
public sealed record HistoryEntry(string PromptId, HistoryOutcome Outcome, IReadOnlyList<NodeOutput> Outputs)
{
    /// <summary>Why it did not succeed; null if it did.</summary>
    public ComfyFault? Fault { get; init; }

    /// <summary>A server of 2023 keeps no status: the outputs are all there is to judge by.</summary>
    public bool KeepsNoStatus { get; init; }

    /// <summary>What the server told of the run, in order; empty on servers of 2023.</summary>
    public IReadOnlyList<ComfyMessage> Messages { get; init; } = [];

    public PromptTag? Tag { get; init; }

    /// <summary>Null for a stranger's, and for one of a gateway that did not send any.</summary>
    public PromptTerms? Terms { get; init; }
}

/// <summary>The ways a history entry can have ended.</summary>
public enum HistoryOutcome
{
    Succeeded,
    Failed,
    Interrupted,
}

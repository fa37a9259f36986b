namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>A fault of single history entries.</summary>
public abstract record HistoryFault : EventFault
{
    private protected HistoryFault()
    {
    }

    /// <summary>A prompt's id; null: any.</summary>
    public string? Prompt { get; init; }

    /// <summary>How long after the prompt's end its entry appears; null: never.</summary>
    internal abstract TimeSpan? Delay { get; }

    internal bool Matches(string prompt) => Prompt is null || Prompt == prompt;
}

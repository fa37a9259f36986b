namespace AkkaComfy.ComfyUI;

/// <summary>What a server runs and what waits there, in the order in which it will run.</summary>
public sealed record QueueSnapshot(IReadOnlyList<QueueItem> Running, IReadOnlyList<QueueItem> Pending)
{
    public bool IsRunning(string promptId) => Running.Any(item => item.PromptId == promptId);

    public bool IsPending(string promptId) => Pending.Any(item => item.PromptId == promptId);

    public bool Contains(string promptId) => IsRunning(promptId) || IsPending(promptId);

    /// <summary>The prompt that carries this tag, running or waiting; for servers that ignore our prompt id.</summary>
    public QueueItem? Find(PromptTag tag) => Running.Concat(Pending).FirstOrDefault(item => item.Tag == tag);
}

/// <summary>One prompt in a server's queue, without its graph.</summary>
public sealed record QueueItem(double Number, string PromptId, string? ClientId, PromptTag? Tag)
{
    /// <summary>Null for a stranger's, and for one of a gateway that did not send any.</summary>
    public PromptTerms? Terms { get; init; }
}

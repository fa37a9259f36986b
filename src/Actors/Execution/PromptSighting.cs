using AkkaComfy.ComfyUI;

namespace AkkaComfy.Actors.Execution;

/// <summary>Where a prompt was found on its instance; a closed set.</summary>
public abstract record PromptSighting
{
    private PromptSighting()
    {
    }

    /// <summary>What it was posted under, as far as was seen.</summary>
    public PromptTerms? Terms { get; init; }

    /// <param name="PromptId">The server's own id of it: old servers ignore ours.</param>
    /// <param name="Head">What the server runs meanwhile; null if nothing.</param>
    public sealed record Pending(string PromptId, QueueItem? Head) : PromptSighting;

    /// <summary>Not in the history; whether it waits, runs or is lost was not asked.</summary>
    public sealed record Unfinished : PromptSighting;

    public sealed record Running(string PromptId) : PromptSighting;

    public sealed record Finished(HistoryEntry Entry) : PromptSighting;

    /// <summary>In neither queue nor history: lost, or not yet there if it was only just posted.</summary>
    public sealed record Absent : PromptSighting;
}

/// <summary>Finds a prompt by its id, or by its tag on servers that ignore our ids.</summary>
public static class PromptLookup
{
    private const int RecentEntries = 32;

    /// <summary>The history alone: cheap, where the queue carries every waiting prompt with its inputs.</summary>
    public static async Task<PromptSighting> PeekAsync(
        IComfyClient comfy, string promptId, CancellationToken cancellationToken)
    {
        var entry = await comfy.GetHistoryAsync(promptId, cancellationToken);
        return entry is null ? new PromptSighting.Unfinished() : Finished(entry);
    }

    /// <summary>Queue first, then history: the other way round a prompt that ends in between looks lost.</summary>
    public static async Task<PromptSighting> LookAsync(
        IComfyClient comfy, string promptId, PromptTag tag, CancellationToken cancellationToken)
    {
        var queue = await comfy.GetQueueAsync(cancellationToken);
        if (Find(queue.Running, promptId, tag) is { } running)
        {
            return new PromptSighting.Running(running.PromptId) { Terms = running.Terms };
        }

        if (Find(queue.Pending, promptId, tag) is { } pending)
        {
            return new PromptSighting.Pending(pending.PromptId, queue.Running.FirstOrDefault()) { Terms = pending.Terms };
        }

        var entry = await comfy.GetHistoryAsync(promptId, cancellationToken)
            ?? (await comfy.GetRecentHistoryAsync(RecentEntries, cancellationToken)).LastOrDefault(e => e.Tag == tag);
        return entry is null ? new PromptSighting.Absent() : Finished(entry);
    }

    private static PromptSighting.Finished Finished(HistoryEntry entry) => new(entry) { Terms = entry.Terms };

    private static QueueItem? Find(IReadOnlyList<QueueItem> items, string promptId, PromptTag tag) =>
        items.FirstOrDefault(item => item.PromptId == promptId || item.Tag == tag);
}

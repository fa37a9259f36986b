namespace AkkaComfy.ComfyUI;

/// <summary>
/// The HTTP side of one ComfyUI instance. Every call has a timeout of its own and fails with a classified
/// <see cref="ComfyException"/>; only calls that may safely be repeated are.
/// </summary>
public interface IComfyClient
{
    ComfyEndpoint Endpoint { get; }

    /// <summary>The probe: a short timeout, never repeated.</summary>
    Task<SystemStats> GetSystemStatsAsync(CancellationToken ct);

    /// <summary>Never repeated. On failure see <see cref="ComfyFault.OutcomeUnknown"/>.</summary>
    Task<PromptAccepted> SubmitAsync(PromptRequest request, CancellationToken ct);

    Task<QueueSnapshot> GetQueueAsync(CancellationToken ct);

    /// <summary>Pending plus running; far cheaper than the queue itself.</summary>
    Task<int> GetQueueRemainingAsync(CancellationToken ct);

    /// <summary>Null while pending or running, and for unknown or deleted prompts. Read the queue first.</summary>
    Task<HistoryEntry?> GetHistoryAsync(string promptId, CancellationToken ct);

    /// <summary>The newest entries, newest last; to find by tag what an old server runs under its own id.</summary>
    Task<IReadOnlyList<HistoryEntry>> GetRecentHistoryAsync(int maxItems, CancellationToken ct);

    Task DeleteHistoryAsync(string promptId, CancellationToken ct);

    /// <summary>Has no effect on a running prompt, and says nothing: verify with the queue.</summary>
    Task DeleteQueuedAsync(string promptId, CancellationToken ct);

    /// <summary>Never repeated. Servers before 2025-09 ignore the id and interrupt whatever runs.</summary>
    Task InterruptAsync(string? promptId, CancellationToken ct);

    /// <summary>Unloads models and frees memory after the current prompt; false if the server is too old.</summary>
    Task<bool> FreeAsync(CancellationToken ct);

    Task<ComfyDownload> OpenOutputAsync(OutputFile file, CancellationToken ct);

    Task<UploadedImage> UploadImageAsync(ImageUpload upload, CancellationToken ct);

    Task<ObjectInfo> GetObjectInfoAsync(CancellationToken ct);

    /// <summary>Null if the server does not have the class.</summary>
    Task<NodeClass?> GetNodeClassAsync(string classType, CancellationToken ct);
}

namespace AkkaComfy.ComfyUI;

/// <summary>Everything a socket can say; what it means to say is a hint, never proof.</summary>
public abstract record ComfyMessage
{
    private ComfyMessage()
    {
    }

    /// <summary>Sent to everyone at each change of the queue; the first one carries the socket's id.</summary>
    public sealed record Status(int? QueueRemaining, string? Sid) : ComfyMessage;

    public sealed record FeatureFlags(bool SupportsPreviewMetadata, long? MaxUploadSize) : ComfyMessage;

    public sealed record ExecutionStart(string PromptId, DateTimeOffset? At) : ComfyMessage;

    public sealed record ExecutionCached(string PromptId, IReadOnlyList<string> Nodes) : ComfyMessage;

    /// <summary>No node: the prompt has left the server. No prompt id: the first word after a reconnect.</summary>
    public sealed record Executing(string? NodeId, string? DisplayNode, string? PromptId) : ComfyMessage;

    public sealed record Executed(
        string NodeId, string DisplayNode, string PromptId, IReadOnlyList<NodeOutput> Outputs) : ComfyMessage;

    /// <summary>Steps of the running node; servers of 2023 name neither node nor prompt.</summary>
    public sealed record Progress(double Value, double Max, string? NodeId, string? PromptId) : ComfyMessage;

    public sealed record ProgressState(string PromptId, IReadOnlyList<NodeProgress> Nodes) : ComfyMessage;

    public sealed record ExecutionSuccess(string PromptId, DateTimeOffset? At) : ComfyMessage;

    /// <summary>A node raised; the fault's <see cref="ComfyFault.Terminal"/> says whether the prompt is over.</summary>
    public sealed record ExecutionError(string PromptId, ComfyFault Fault) : ComfyMessage;

    public sealed record ExecutionInterrupted(string PromptId, string? NodeId, string? NodeType) : ComfyMessage;

    /// <summary>An image; without prompt id it belongs to whoever uses this socket at the time.</summary>
    public sealed record Preview(
        string MediaType, ReadOnlyMemory<byte> Image, string? NodeId, string? PromptId) : ComfyMessage;

    public sealed record NodeText(string NodeId, string Text) : ComfyMessage;

    /// <summary>Something new, malformed or too large; never an error.</summary>
    public sealed record Unknown(string Type, string Reason) : ComfyMessage;
}

/// <summary>How far one node of a run has come.</summary>
/// <param name="State">pending, running, finished or error.</param>
public sealed record NodeProgress(string NodeId, string DisplayNode, double Value, double Max, string State);

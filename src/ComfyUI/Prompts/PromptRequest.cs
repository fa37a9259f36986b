using System.Text.Json.Nodes;

namespace AkkaComfy.ComfyUI;

/// <summary>A graph to be run once: its id is chosen before it is sent, so that it can be looked up after.</summary>
/// <param name="Graph">In ComfyUI's API format; only read.</param>
/// <param name="PromptId">Honoured by servers since 2025-07; older ones answer with an id of their own.</param>
public sealed record PromptRequest(JsonObject Graph, string PromptId)
{
    /// <summary>The socket that is to be told of the run; without one there are no messages.</summary>
    public string? ClientId { get; init; }

    /// <summary>Travels as extra_data.akkacomfy and comes back from queue and history.</summary>
    public PromptTag? Tag { get; init; }

    /// <summary>Travels with the tag.</summary>
    public PromptTerms? Terms { get; init; }

    /// <summary>Files that go into the graph as base64 while the request is being sent.</summary>
    public IReadOnlyList<PromptFile> Files { get; init; } = [];
}

/// <summary>Whose prompt this is: how a submission is found again when its answer was lost.</summary>
public sealed record PromptTag(string Job, int Attempt)
{
    /// <summary>Which gateway posted it: several may share a server.</summary>
    public string? Gateway { get; init; }
}

/// <summary>What a prompt was posted under, so that it can be judged when its workflow is another one by then.</summary>
/// <param name="Version">Of the workflow; null where it is not known.</param>
/// <param name="Outputs">The nodes whose files are wanted; none for all.</param>
/// <param name="Limit">How long it may run.</param>
public sealed record PromptTerms(string? Version, IReadOnlyList<string> Outputs, TimeSpan Limit);

/// <summary>The bytes of one input of one node, opened anew for each request and never held whole.</summary>
/// <param name="Length">In bytes; must be what the stream then yields.</param>
public sealed record PromptFile(
    string NodeId, string Input, long Length, Func<CancellationToken, ValueTask<Stream>> Open);

/// <summary>The prompt is queued, perhaps without the outputs that <paramref name="NodeErrors"/> speak of.</summary>
public sealed record PromptAccepted(string PromptId, double Number, IReadOnlyList<NodeError> NodeErrors);

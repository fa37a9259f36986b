using System.Net;

namespace AkkaComfy.ComfyUI;

/// <summary>A classified failure: what happened, whose fault it was, and a bounded message fit for people.</summary>
public sealed record ComfyFault(ComfyCause Cause, Blame Blame, string Message)
{
    public string? NodeId { get; init; }

    public string? NodeType { get; init; }

    /// <summary>The Python exception's type, as ComfyUI names it.</summary>
    public string? ExceptionType { get; init; }

    public HttpStatusCode? HttpStatus { get; init; }

    /// <summary>What ComfyUI found wrong with single nodes; empty unless the prompt was rejected.</summary>
    public IReadOnlyList<NodeError> NodeErrors { get; init; } = [];

    /// <summary>The request may have taken effect all the same: look before trying elsewhere.</summary>
    public bool OutcomeUnknown { get; init; }

    /// <summary>The same call may well succeed in a moment.</summary>
    public bool Transient { get; init; }

    /// <summary>False only for ComfyUI's "ExecutionBlocked", after which the prompt goes on.</summary>
    public bool Terminal => Cause is not ComfyCause.ExecutionBlocked;
}

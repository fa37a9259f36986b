namespace AkkaComfy.ComfyUI;

/// <summary>One reason why ComfyUI's validation refused a node.</summary>
public sealed record NodeError(string NodeId, string ClassType, string Type, string Message, string Details)
{
    /// <summary>The input at fault, where ComfyUI names one.</summary>
    public string? InputName { get; init; }

    public override string ToString() =>
        $"node {NodeId} ({ClassType}): {Message}{(Details.Length > 0 ? $" ({Details})" : "")}";
}

using System.ComponentModel.DataAnnotations;

namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>A fault of single executions of nodes; cached nodes do not execute.</summary>
public abstract record NodeFault : EventFault
{
    private protected NodeFault()
    {
    }

    /// <summary>A prompt's id; null: any.</summary>
    public string? Prompt { get; init; }

    /// <summary>A node's id or class; null: any.</summary>
    public string? Node { get; init; }

    /// <summary>How long the node has been running when it strikes.</summary>
    [Range(0, 3_600_000)]
    public int AtMs { get; init; }

    internal bool Matches(string prompt, string node, string nodeClass) =>
        (Prompt is null || Prompt == prompt) && (Node is null || Node == node || Node == nodeClass);

    /// <summary>Strikes, on the worker's thread; what it throws is how the node ends.</summary>
    internal abstract void Strike(NodeHands hands);
}

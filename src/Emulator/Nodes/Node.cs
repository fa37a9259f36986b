using System.Text.Json.Nodes;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>
/// A node class: its declaration and its work. One object serves a whole emulator; it holds no job's state.
/// </summary>
internal abstract class Node
{
    public abstract NodeSpec Spec { get; }

    /// <summary>Does the work on the worker's thread; fails with an exception whose message clients see.</summary>
    public abstract Task<NodeResult> RunAsync(NodeCall call);

    /// <summary>
    /// The node's own check of its constant inputs before queueing: input name and complaint, or null.
    /// </summary>
    public virtual (string Input, string Complaint)? Check(JsonObject inputs) => null;

    /// <summary>What beside its inputs the result depends on, such as a file's content; null: nothing.</summary>
    public virtual string? Fingerprint(JsonObject inputs) => null;
}

using System.Text.Json.Nodes;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>
/// A node class: its declaration and its work. One object serves a whole emulator; it holds no job's state.
/// </summary>
internal abstract class Node
{
    /// <summary>As the played version declares it.</summary>
    public NodeSpec Spec { get => field ?? Declared; private set; }

    /// <summary>As today's version declares it.</summary>
    protected abstract NodeSpec Declared { get; }

    public void PlayAs(ComfyVersion version) => Spec = Declared.AsOf(version);

    /// <summary>Does the work on the worker's thread; fails with an exception whose message clients see.</summary>
    public abstract Task<NodeResult> RunAsync(NodeCall call);

    /// <summary>
    /// The node's own check of its constant inputs before queueing: input name and complaint, or null.
    /// </summary>
    public virtual (string Input, string Complaint)? Check(JsonObject inputs) => null;

    /// <summary>What beside its inputs the result depends on, such as a file's content; null: nothing.</summary>
    public virtual string? Fingerprint(JsonObject inputs) => null;
}

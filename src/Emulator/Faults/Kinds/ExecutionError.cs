using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>A node fails.</summary>
public sealed record ExecutionError : NodeFault
{
    /// <summary>The Python type of the exception.</summary>
    public string Type { get; init; } = "RuntimeError";

    public string Text { get; init; } = "a fault of the plan";

    internal override void Strike(NodeHands hands) => throw new PythonException(Type, Text);
}

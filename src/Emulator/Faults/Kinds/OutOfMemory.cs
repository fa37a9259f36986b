using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>A node needs more memory than the GPU has, in the words of a real one.</summary>
public sealed record OutOfMemory : NodeFault
{
    internal override void Strike(NodeHands hands) =>
        throw new PythonException(PythonException.OutOfGpuMemory, "Allocation on device ");
}

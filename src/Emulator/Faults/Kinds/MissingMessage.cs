using AkkaComfy.Emulator.Sockets;

namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>A message is never sent; unless told otherwise, <c>executed</c>.</summary>
public sealed record MissingMessage : FrameFault
{
    public MissingMessage() => Message = "executed";

    internal override IReadOnlyList<Frame> Strike(Frame frame, SocketFaults socket) => [];
}

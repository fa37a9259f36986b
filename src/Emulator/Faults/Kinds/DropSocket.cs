using AkkaComfy.Emulator.Sockets;

namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>A socket ends right after a message; unless told otherwise, <c>executing</c>.</summary>
public sealed record DropSocket : FrameFault
{
    public DropSocket() => Message = "executing";

    public SocketEnd How { get; init; } = SocketEnd.Reset;

    internal override IReadOnlyList<Frame> Strike(Frame frame, SocketFaults socket) => [frame, Frame.Ending(How)];
}

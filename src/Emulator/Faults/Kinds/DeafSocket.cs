using AkkaComfy.Emulator.Sockets;

namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>A socket that stays open and gets nothing any more, not even <c>status</c>.</summary>
public sealed record DeafSocket : MuteFault
{
    internal override IReadOnlyList<Frame> Strike(Frame frame, SocketFaults socket)
    {
        socket.Mute(Hearing.Nothing, Duration);
        return [];
    }
}

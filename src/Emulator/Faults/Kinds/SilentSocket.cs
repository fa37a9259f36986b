using AkkaComfy.Emulator.Sockets;

namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>A socket that gets <c>status</c> only, though its prompt runs on.</summary>
public sealed record SilentSocket : MuteFault
{
    internal override bool Matches(Frame frame) => frame.Name != "status" && base.Matches(frame);

    internal override IReadOnlyList<Frame> Strike(Frame frame, SocketFaults socket)
    {
        socket.Mute(Hearing.StatusOnly, Duration);
        return [];
    }
}

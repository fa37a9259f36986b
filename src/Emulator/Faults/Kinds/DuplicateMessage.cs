using System.ComponentModel.DataAnnotations;
using AkkaComfy.Emulator.Sockets;

namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>A message is sent more than once; unless told otherwise, <c>executed</c>.</summary>
public sealed record DuplicateMessage : FrameFault
{
    public DuplicateMessage() => Message = "executed";

    /// <summary>How many there are beyond the first.</summary>
    [Range(1, 1000)]
    public int Copies { get; init; } = 1;

    internal override IReadOnlyList<Frame> Strike(Frame frame, SocketFaults socket) =>
        [.. Enumerable.Repeat(frame, Copies + 1)];
}

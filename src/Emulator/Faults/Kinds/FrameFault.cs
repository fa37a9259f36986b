using AkkaComfy.Emulator.Sockets;

namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>A fault of single WebSocket messages, or of a socket at one of them; the first is spared.</summary>
public abstract record FrameFault : EventFault
{
    private protected FrameFault()
    {
    }

    /// <summary>
    /// A message's type; "executing_null" for the one that ends a prompt, "preview" for pictures. Null: any that the
    /// kind of fault concerns.
    /// </summary>
    public string? Message { get; init; }

    /// <summary>The id of the prompt that the message names; null: any, or none.</summary>
    public string? Prompt { get; init; }

    internal virtual bool Matches(Frame frame) =>
        (Message is null || Message == frame.Name) && (Prompt is null || Prompt == frame.PromptId);

    /// <summary>What to send in place of a frame.</summary>
    internal abstract IReadOnlyList<Frame> Strike(Frame frame, SocketFaults socket);
}

using System.Net.WebSockets;

namespace AkkaComfy.Emulator.Sockets;

/// <summary>One WebSocket message on its way to a client, or the end that its socket comes to at this place.</summary>
/// <param name="Name">The message's type; "executing_null" and "preview" for those two.</param>
internal readonly record struct Frame(
    ReadOnlyMemory<byte> Bytes,
    WebSocketMessageType Type,
    string Name,
    string? PromptId = null,
    SocketEnd? End = null)
{
    public static Frame Ending(SocketEnd end) => new(default, WebSocketMessageType.Close, "end", End: end);
}

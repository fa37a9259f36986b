using System.Net.WebSockets;

namespace AkkaComfy.Emulator.Sockets;

/// <summary>One WebSocket message on its way to a client.</summary>
internal readonly record struct Frame(ReadOnlyMemory<byte> Bytes, WebSocketMessageType Type);

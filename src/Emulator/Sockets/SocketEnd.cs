namespace AkkaComfy.Emulator.Sockets;

/// <summary>How a server ends a client's socket.</summary>
public enum SocketEnd
{
    /// <summary>TCP is reset.</summary>
    Reset,

    /// <summary>TCP is closed without a WebSocket farewell.</summary>
    Cut,

    /// <summary>A proper WebSocket close.</summary>
    Close,
}

namespace AkkaComfy.ComfyUI;

/// <summary>Opens sockets to one instance.</summary>
public interface IComfyConnector
{
    /// <summary>A socket that is open and has introduced itself; fails with a <see cref="ComfyException"/>.</summary>
    Task<IComfySocket> ConnectAsync(string clientId, CancellationToken ct);
}

/// <summary>
/// One open socket. It reads on whether or not anyone listens, since a client that stops reading blocks the server's
/// delivery to all. Disposing drops it without a farewell; prefer <see cref="CloseAsync"/>.
/// </summary>
public interface IComfySocket : IAsyncDisposable
{
    string ClientId { get; }

    /// <summary>Messages lost because the listener was slow; the oldest go first.</summary>
    long Dropped { get; }

    /// <summary>
    /// What arrives, for one listener; ends when either side has closed, fails with a <see cref="ComfyException"/>
    /// when the connection breaks.
    /// </summary>
    IAsyncEnumerable<ComfyMessage> ReadAllAsync(CancellationToken ct);

    /// <summary>Closes with a handshake, so that the server unregisters it before a successor comes.</summary>
    Task CloseAsync(CancellationToken ct);
}

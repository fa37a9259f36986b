using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaComfy.Emulator.Connections;

/// <summary>
/// One loopback port, kept from the emulator's start to its end: open while somebody listens and nothing shuts it.
/// Shut, it is bound but not listening: connecting is refused, and nobody else can take the port.
/// </summary>
internal sealed class Doorway : IDisposable
{
    private const int Backlog = 512;

    private readonly Lock _gate = new();

    // With next to no buffer a flush is not done before the bytes are sent: what was flushed arrives before a reset.
    private readonly SocketConnectionContextFactory _contexts =
        new(new SocketConnectionFactoryOptions { MaxWriteBufferSize = 2 }, NullLogger.Instance);

    private Socket _socket;
    private TaskCompletionSource _turned = Signal();
    private bool _wanted;
    private bool _shut;
    private bool _listening;

    /// <exception cref="IOException">The port is taken.</exception>
    public Doorway(int port)
    {
        _socket = Bound(new IPEndPoint(IPAddress.Loopback, port));
        Address = (IPEndPoint)_socket.LocalEndPoint!;
    }

    public IPEndPoint Address { get; }

    /// <summary>Whether a process is there to be talked to.</summary>
    public void Want(bool wanted) => Turn(() => _wanted = wanted);

    /// <summary>Shuts the door in front of the process, or opens it again; true where it was the other way.</summary>
    public bool Shut(bool shut)
    {
        var turned = false;
        Turn(() => (turned, _shut) = (_shut != shut, shut));
        return turned;
    }

    /// <summary>The next connection; null once nobody wants any.</summary>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken ct)
    {
        while (true)
        {
            var (listener, turned) = Current();
            if (turned is null)
            {
                return null;
            }

            if (listener is null)
            {
                await turned.WaitAsync(ct);
            }
            else if (await TryAcceptAsync(listener, ct) is { } socket)
            {
                socket.NoDelay = true;
                return _contexts.Create(socket);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            (_wanted, _listening) = (false, false);
            _socket.Dispose();
            _turned.TrySetResult();
        }

        _contexts.Dispose();
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static Socket Bound(IPEndPoint address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(address);
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new IOException($"port {address.Port} cannot be listened on: {e.Message}", e);
        }
    }

    /// <summary>Null where the listener was closed meanwhile, or the client had left before it was let in.</summary>
    private static async Task<Socket?> TryAcceptAsync(Socket listener, CancellationToken ct)
    {
        try
        {
            return await listener.AcceptAsync(ct);
        }
        catch (ObjectDisposedException)
        {
            return null;
        }
        catch (SocketException e) when (e.SocketErrorCode
            is SocketError.OperationAborted or SocketError.ConnectionReset or SocketError.ConnectionAborted)
        {
            return null;
        }
    }

    private (Socket? Listener, Task? Turned) Current()
    {
        lock (_gate)
        {
            return _wanted ? (_listening ? _socket : null, _turned.Task) : (null, null);
        }
    }

    private void Turn(Action change)
    {
        TaskCompletionSource turned;
        lock (_gate)
        {
            change();
            var listen = _wanted && !_shut;
            if (listen && !_listening)
            {
                _socket.Listen(Backlog);
            }
            else if (!listen && _listening)
            {
                _socket.Dispose();
                _socket = Bound(Address);
            }

            _listening = listen;
            (turned, _turned) = (_turned, Signal());
        }

        turned.TrySetResult();
    }
}

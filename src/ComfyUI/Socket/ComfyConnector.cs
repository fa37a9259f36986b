using System.Net.WebSockets;

namespace AkkaComfy.ComfyUI;

/// <summary>Opens sockets to one instance over shared connections; see <see cref="ComfyTransport"/>.</summary>
public sealed class ComfyConnector(
    ComfyEndpoint endpoint, HttpMessageInvoker invoker, ComfySocketOptions options, TimeProvider time) : IComfyConnector
{
    /// <summary>Only as the very first message does it make the server send previews that say whose they are.</summary>
    private static readonly byte[] Introduction =
        """{"type":"feature_flags","data":{"supports_preview_metadata":true}}"""u8.ToArray();

    public async Task<IComfySocket> ConnectAsync(string clientId, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.KeepAliveInterval = options.PingInterval;
            socket.Options.KeepAliveTimeout = options.PingTimeout;
            socket.Options.CollectHttpResponseDetails = true;
            if (endpoint.Authorization is { } authorization)
            {
                socket.Options.SetRequestHeader("Authorization", authorization.ToString());
            }

            await socket.ConnectAsync(endpoint.WebSocketUri(clientId), invoker, either.Token);
            await socket.SendAsync(Introduction, WebSocketMessageType.Text, true, either.Token);
            return new ComfySocket(socket, clientId, $"listening to {endpoint.Host}", options, time);
        }
        catch (Exception e)
        {
            socket.Dispose();
            ct.ThrowIfCancellationRequested();
            throw new ComfyException(Fault(socket, e), e);
        }
    }

    private ComfyFault Fault(ClientWebSocket socket, Exception exception)
    {
        var doing = $"opening a socket to {endpoint.Host}";
        return (int)socket.HttpStatusCode is 0 or 101
            ? FaultClassifier.OfTransport(exception, doing)
            : FaultClassifier.OfStatus(socket.HttpStatusCode, ReadOnlyMemory<byte>.Empty, doing);
    }
}

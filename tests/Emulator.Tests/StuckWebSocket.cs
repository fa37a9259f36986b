using System.Net.WebSockets;

namespace AkkaComfy.Emulator.Tests;

/// <summary>The server's end of a connection whose client neither reads nor writes.</summary>
internal sealed class StuckWebSocket : WebSocket
{
    private readonly CancellationTokenSource _aborted = new();

    public override WebSocketCloseStatus? CloseStatus => null;

    public override string? CloseStatusDescription => null;

    public override string? SubProtocol => null;

    public override WebSocketState State =>
        _aborted.IsCancellationRequested ? WebSocketState.Aborted : WebSocketState.Open;

    public override void Abort() => _aborted.Cancel();

    public override Task SendAsync(
        ArraySegment<byte> buffer, WebSocketMessageType type, bool endOfMessage, CancellationToken cancellationToken) =>
        StuckAsync(cancellationToken);

    public override async Task<WebSocketReceiveResult> ReceiveAsync(
        ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        await StuckAsync(cancellationToken);
        return new WebSocketReceiveResult(0, WebSocketMessageType.Close, endOfMessage: true);
    }

    public override Task CloseAsync(
        WebSocketCloseStatus status, string? description, CancellationToken cancellationToken) =>
        StuckAsync(cancellationToken);

    public override Task CloseOutputAsync(
        WebSocketCloseStatus status, string? description, CancellationToken cancellationToken) =>
        StuckAsync(cancellationToken);

    public override void Dispose() => _aborted.Dispose();

    private async Task StuckAsync(CancellationToken ct)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct, _aborted.Token);
        var never = new TaskCompletionSource();
        await never.Task.WaitAsync(end.Token);
    }
}

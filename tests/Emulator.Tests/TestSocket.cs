using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace AkkaComfy.Emulator.Tests;

/// <summary>A client's WebSocket that is read frame by frame.</summary>
internal sealed class TestSocket : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket _socket = new();
    private readonly Queue<(WebSocketMessageType Type, byte[] Bytes)> _ahead = [];

    public static async Task<TestSocket> OpenAsync(EmulatedComfy comfy, string? clientId, string path = "/ws")
    {
        var test = new TestSocket();
        var query = clientId is null ? "" : $"?clientId={clientId}";
        var address = new UriBuilder(new Uri(comfy.BaseAddress, path + query)) { Scheme = "ws" };
        await test._socket.ConnectAsync(address.Uri, Limit());
        return test;
    }

    /// <summary>The next frame, or null once the server has closed.</summary>
    public async Task<(WebSocketMessageType Type, byte[] Bytes)?> ReadAsync() =>
        _ahead.TryDequeue(out var frame) ? frame : await ReceiveAsync();

    /// <summary>Waits until a message of that type has arrived; it and all before it are still to be read.</summary>
    public async Task ArrivedAsync(string type)
    {
        while (true)
        {
            var frame = await ReceiveAsync() ?? throw new InvalidOperationException($"closed before any {type}");
            _ahead.Enqueue(frame);
            if (frame.Type == WebSocketMessageType.Text && (string?)JsonNode.Parse(frame.Bytes)!["type"] == type)
            {
                return;
            }
        }
    }

    private async Task<(WebSocketMessageType Type, byte[] Bytes)?> ReceiveAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[65536];
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(), Limit());
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return (part.MessageType, message.ToArray());
            }
        }
    }

    /// <summary>The next frame as JSON.</summary>
    public async Task<JsonNode> ReadJsonAsync()
    {
        var frame = await ReadAsync() ?? throw new InvalidOperationException("the socket was closed");
        Assert.Equal(WebSocketMessageType.Text, frame.Type);
        return JsonNode.Parse(frame.Bytes)!;
    }

    /// <summary>Reads on until a message of that type that fits.</summary>
    public async Task<JsonNode> ReadUntilAsync(string type, Func<JsonNode, bool>? fits = null)
    {
        while (true)
        {
            var frame = await ReadAsync() ?? throw new InvalidOperationException($"closed before any {type}");
            if (frame.Type != WebSocketMessageType.Text)
            {
                continue;
            }

            var message = JsonNode.Parse(frame.Bytes)!;
            if ((string?)message["type"] == type && fits?.Invoke(message["data"]!) != false)
            {
                return message["data"]!;
            }
        }
    }

    public Task SendAsync(string text) => _socket.SendAsync(
        Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Limit());

    /// <summary>Closes properly and returns the frames that had not been read.</summary>
    public async Task<IReadOnlyList<byte[]>> CloseAsync()
    {
        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Limit());
        var rest = new List<byte[]>();
        while (await ReadAsync() is { } frame)
        {
            rest.Add(frame.Bytes);
        }

        return rest;
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private static CancellationToken Limit() => new CancellationTokenSource(Patience).Token;
}

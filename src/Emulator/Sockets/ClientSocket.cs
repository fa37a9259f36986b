using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace AkkaComfy.Emulator.Sockets;

/// <summary>One client's socket with its own queue of frames, so that a slow client delays nobody else.</summary>
internal sealed class ClientSocket(string id, WebSocket socket, Frame featuresReply, int maxQueuedFrames)
{
    private const int MaxMessageBytes = 4 * 1024 * 1024;

    private readonly Channel<Frame> _frames = Channel.CreateBounded<Frame>(
        new BoundedChannelOptions(maxQueuedFrames) { SingleReader = true });

    private volatile bool _wantsPreviewMetadata;

    public string Id => id;

    public bool WantsPreviewMetadata => _wantsPreviewMetadata;

    /// <summary>Queues a frame; a client too far behind to take it is cut off.</summary>
    public void Offer(Frame frame)
    {
        if (!_frames.Writer.TryWrite(frame)) socket.Abort();
    }

    /// <summary>Serves the socket until either side closes it.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var sending = SendAsync(closing.Token);
        try
        {
            await ReceiveAsync(closing.Token);
        }
        finally
        {
            _frames.Writer.TryComplete();
            await closing.CancelAsync();
            await sending;
        }
    }

    private async Task SendAsync(CancellationToken ct)
    {
        try
        {
            await foreach (var frame in _frames.Reader.ReadAllAsync(ct))
                await socket.SendAsync(frame.Bytes, frame.Type, endOfMessage: true, ct);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // The client is gone: the receiving side ends the connection.
        }
    }

    private async Task ReceiveAsync(CancellationToken ct)
    {
        var first = true;
        while (await ReadMessageAsync(ct) is { } message)
        {
            if (message.Type != WebSocketMessageType.Text) continue;
            if (Parse(message.Bytes) is not { } parsed) continue;
            if (first) TakeFeatureFlags(parsed);
            first = false;
        }
    }

    private static JsonNode? Parse(byte[] text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null; // ComfyUI ignores what is no JSON.
        }
    }

    private void TakeFeatureFlags(JsonNode message)
    {
        if (message is not JsonObject { } said || said["type"]?.ToString() != "feature_flags") return;
        _wantsPreviewMetadata = said["data"] is JsonObject flags
            && flags["supports_preview_metadata"] is JsonValue value && value.GetValueKind() == JsonValueKind.True;
        Offer(featuresReply);
    }

    /// <summary>The next whole message, or null when the socket has closed.</summary>
    private async Task<(WebSocketMessageType Type, byte[] Bytes)?> ReadMessageAsync(CancellationToken ct)
    {
        using var message = new MemoryStream();
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), ct);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, ct);
                    return null;
                }

                message.Write(buffer, 0, part.Count);
                if (part.EndOfMessage) return (part.MessageType, message.ToArray());
                if (message.Length > MaxMessageBytes)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.MessageTooBig, null, ct);
                    return null;
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            return null;
        }
    }
}

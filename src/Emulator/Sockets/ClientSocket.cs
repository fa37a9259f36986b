using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using AkkaComfy.Emulator.Faults;

namespace AkkaComfy.Emulator.Sockets;

/// <summary>
/// One client with its own queue of frames, so that a slow client delays nobody else. Frames are queued from before its
/// socket is open, so that a client misses nothing that follows from what it does at once.
/// </summary>
/// <param name="featuresReply">Null on servers that take no notice of what clients say.</param>
/// <param name="reset">Resets the TCP connection.</param>
internal sealed class ClientSocket(
    string id, Frame? featuresReply, int maxQueuedFrames, SocketFaults faults, Action reset) : IDisposable
{
    private const int MaxMessageBytes = 4 * 1024 * 1024;

    private readonly CancellationTokenSource _tooSlow = new();
    private readonly Channel<Frame> _frames = Channel.CreateBounded<Frame>(
        new BoundedChannelOptions(maxQueuedFrames) { SingleReader = true });

    private volatile bool _wantsPreviewMetadata;

    public string Id => id;

    public bool WantsPreviewMetadata => _wantsPreviewMetadata;

    /// <summary>Queues a frame, or what faults make of it; a client too far behind to take it is cut off.</summary>
    public void Offer(Frame frame)
    {
        foreach (var left in faults.Befall(frame))
        {
            Queue(left);
        }
    }

    /// <summary>Queues the first frame, which no fault befalls.</summary>
    public void Greet(Frame frame) => Queue(frame);

    private void Queue(Frame frame)
    {
        // Not at once: what follows from it must not run in the midst of the sender's round.
        if (!_frames.Writer.TryWrite(frame))
        {
            _ = _tooSlow.CancelAsync();
        }
    }

    /// <summary>Serves the socket until either side closes it.</summary>
    /// <param name="onClosed">Called before the client learns that its wish to close was heard.</param>
    public async Task RunAsync(WebSocket socket, Action onClosed, CancellationToken ct)
    {
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(ct, _tooSlow.Token);
        var sending = SendAsync(socket, broken.Token);
        var closedByClient = await ReceiveAsync(socket, broken.Token);
        onClosed();
        _frames.Writer.TryComplete();
        if (!closedByClient)
        {
            await broken.CancelAsync();
        }

        await sending;
        if (closedByClient)
        {
            await ConfirmCloseAsync(socket, ct);
        }
        else
        {
            socket.Abort();
        }
    }

    public void Dispose() => _tooSlow.Dispose();

    private async Task SendAsync(WebSocket socket, CancellationToken ct)
    {
        try
        {
            await foreach (var frame in _frames.Reader.ReadAllAsync(ct))
            {
                if (frame.End is { } end)
                {
                    await EndAsync(socket, end, ct);
                    return;
                }

                await socket.SendAsync(frame.Bytes, frame.Type, endOfMessage: true, ct);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // The client is gone: the receiving side ends the connection.
        }
    }

    private async Task EndAsync(WebSocket socket, SocketEnd end, CancellationToken ct)
    {
        switch (end)
        {
            case SocketEnd.Reset:
                reset();
                break;
            case SocketEnd.Cut:
                socket.Abort();
                break;
            default:
                await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, null, ct);
                break;
        }
    }

    /// <summary>Listens until the socket ends; true where the client closed it properly.</summary>
    private async Task<bool> ReceiveAsync(WebSocket socket, CancellationToken ct)
    {
        try
        {
            var first = true;
            while (await ReadMessageAsync(socket, ct) is { } message)
            {
                if (message.Type != WebSocketMessageType.Text || Parse(message.Bytes) is not { } parsed)
                {
                    continue;
                }

                if (first)
                {
                    TakeFeatureFlags(parsed);
                }

                first = false;
            }

            return true;
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            return false;
        }
    }

    private static async Task ConfirmCloseAsync(WebSocket socket, CancellationToken ct)
    {
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, ct);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // The client did not wait for the answer.
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
        if (featuresReply is not { } reply || message is not JsonObject { } said || said["type"]?.ToString() != "feature_flags")
        {
            return;
        }

        _wantsPreviewMetadata = said["data"] is JsonObject flags
            && flags["supports_preview_metadata"] is JsonValue value && value.GetValueKind() == JsonValueKind.True;
        Offer(reply);
    }

    /// <summary>The next whole message, or null where the client closes, or says more than it may.</summary>
    private static async Task<(WebSocketMessageType Type, byte[] Bytes)?> ReadMessageAsync(
        WebSocket socket, CancellationToken ct)
    {
        using var message = new MemoryStream();
        var buffer = new byte[4096];
        while (message.Length <= MaxMessageBytes)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), ct);
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

        return null;
    }
}

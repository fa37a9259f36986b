using System.Net.WebSockets;

namespace AkkaComfy.ComfyUI;

/// <summary>An open socket that reads from the moment it exists until it is closed or disposed.</summary>
internal sealed class ComfySocket : IComfySocket
{
    private const int FragmentBytes = 64 << 10;

    private readonly WebSocket _socket;
    private readonly ComfySocketOptions _options;
    private readonly TimeProvider _time;
    private readonly string _doing;
    private readonly MessageBuffer _buffer;
    private readonly CancellationTokenSource _lifetime = new();
    private readonly Task _reading;
    private volatile bool _closing;

    public ComfySocket(
        WebSocket socket, string clientId, string doing, ComfySocketOptions options, TimeProvider time)
    {
        _socket = socket;
        _options = options;
        _time = time;
        _doing = doing;
        _buffer = new MessageBuffer(options.BufferedMessages);
        ClientId = clientId;
        _reading = Task.Run(ReadToEndAsync);
    }

    public string ClientId { get; }

    public long Dropped => _buffer.Dropped;

    public IAsyncEnumerable<ComfyMessage> ReadAllAsync(CancellationToken ct) => _buffer.ReadAllAsync(ct);

    public async Task CloseAsync(CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(_options.CloseTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        _closing = true;
        try
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, either.Token);
            await _reading.WaitAsync(either.Token);
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException
            || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            // Already gone, or deaf to a farewell: dropping it is all that is left.
            _socket.Abort();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _closing = true;
        await _lifetime.CancelAsync();
        await _reading;
        _buffer.Dispose();
        _socket.Dispose();
        _lifetime.Dispose();
    }

    private async Task ReadToEndAsync()
    {
        var frames = new FrameAssembler(_options.MaxMessageBytes, _options.MaxStringBytes);
        var fragment = new byte[FragmentBytes];
        try
        {
            while (await _socket.ReceiveAsync(fragment.AsMemory(), _lifetime.Token)
                is { MessageType: not WebSocketMessageType.Close } got)
            {
                if (frames.Add(fragment.AsSpan(0, got.Count), got.MessageType, got.EndOfMessage) is { } message)
                {
                    _buffer.Offer(message);
                }
            }

            if (_socket.State is WebSocketState.CloseReceived)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _lifetime.Token);
            }

            _buffer.Complete(failure: null);
        }
        catch (Exception e)
        {
            _buffer.Complete(_closing ? null : new ComfyException(FaultClassifier.OfTransport(e, _doing), e));
        }
    }
}

using System.Threading.Channels;
using AkkaComfy.ComfyUI;

namespace AkkaComfy.Actors.Tests.Faults.Support;

/// <summary>A socket that says what a test tells it to, and remembers whether it was let go of.</summary>
internal sealed class ScriptedSocket(string clientId) : IComfySocket
{
    private readonly Channel<ComfyMessage> _messages = Channel.CreateUnbounded<ComfyMessage>(
        new UnboundedChannelOptions { AllowSynchronousContinuations = true });

    public string ClientId { get; } = clientId;

    public long Dropped => 0;

    public bool IsClosed { get; private set; }

    public bool IsDisposed { get; private set; }

    public void Say(ComfyMessage message) => Inline.Run(() => _messages.Writer.TryWrite(message));

    /// <summary>Breaks off in the middle of a frame.</summary>
    public void Break() =>
        Inline.Run(() => _messages.Writer.TryComplete(new ComfyException(ScriptedComfy.Reset())));

    /// <summary>The server says farewell.</summary>
    public void End() => Inline.Run(() => _messages.Writer.TryComplete());

    public IAsyncEnumerable<ComfyMessage> ReadAllAsync(CancellationToken ct) => _messages.Reader.ReadAllAsync(ct);

    public Task CloseAsync(CancellationToken ct)
    {
        IsClosed = true;
        _messages.Writer.TryComplete();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}

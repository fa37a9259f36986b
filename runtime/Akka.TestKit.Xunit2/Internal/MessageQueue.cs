using System.Diagnostics.CodeAnalysis;

namespace Akka.TestKit.Internal;

/// <summary>What a test actor has received and the test has not yet looked at.</summary>
/// <remarks>Takes and peeks either block the calling thread or await, so that the synchronous half of the kit needs
/// no thread but its own.</remarks>
internal sealed class MessageQueue
{
    private readonly Queue<MessageEnvelope> _messages = new();
    private readonly SemaphoreSlim _available = new(0);

    public bool IsEmpty
    {
        get
        {
            lock (_messages) return _messages.Count == 0;
        }
    }

    public void Add(MessageEnvelope message)
    {
        lock (_messages) _messages.Enqueue(message);
        _available.Release();
    }

    public bool TryTakeNow([MaybeNullWhen(false)] out MessageEnvelope message)
    {
        message = null;
        return _available.Wait(0) && Dequeue(out message);
    }

    public async ValueTask<MessageEnvelope?> TakeAsync(bool blocking, TimeSpan timeout, CancellationToken token) =>
        await Arrived(blocking, timeout, token).ConfigureAwait(false) && Dequeue(out var message) ? message : null;

    public async ValueTask<MessageEnvelope?> PeekAsync(bool blocking, TimeSpan timeout, CancellationToken token)
    {
        if (!await Arrived(blocking, timeout, token).ConfigureAwait(false)) return null;
        try
        {
            lock (_messages) return _messages.Peek();
        }
        finally
        {
            _available.Release();
        }
    }

    private ValueTask<bool> Arrived(bool blocking, TimeSpan timeout, CancellationToken token) => blocking
        ? ValueTask.FromResult(_available.Wait(timeout, token))
        : new ValueTask<bool>(_available.WaitAsync(timeout, token));

    private bool Dequeue(out MessageEnvelope message)
    {
        lock (_messages) message = _messages.Dequeue();
        return true;
    }
}

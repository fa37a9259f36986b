using System.Runtime.CompilerServices;

namespace AkkaComfy.ComfyUI;

/// <summary>
/// What stands between a socket that must be read and a listener that may be slow: bounded, losing the oldest message
/// first, and holding one preview at most, the latest.
/// </summary>
internal sealed class MessageBuffer(int capacity) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<ComfyMessage> _messages = new();
    private readonly SemaphoreSlim _changed = new(0, 1);
    private ComfyMessage.Preview? _preview;
    private Exception? _failure;
    private bool _completed;

    public long Dropped { get; private set; }

    public void Offer(ComfyMessage message)
    {
        lock (_gate)
        {
            if (message is ComfyMessage.Preview preview)
            {
                _preview = preview;
            }
            else
            {
                if (_messages.Count == capacity)
                {
                    _messages.Dequeue();
                    Dropped++;
                }

                _messages.Enqueue(message);
            }

            Signal();
        }
    }

    public void Complete(Exception? failure)
    {
        lock (_gate)
        {
            (_completed, _failure) = (true, failure);
            Signal();
        }
    }

    public async IAsyncEnumerable<ComfyMessage> ReadAllAsync([EnumeratorCancellation] CancellationToken ct)
    {
        while (true)
        {
            while (TryTake() is { } message)
            {
                yield return message;
            }

            if (Ended())
            {
                yield break;
            }

            await _changed.WaitAsync(ct);
        }
    }

    public void Dispose() => _changed.Dispose();

    private ComfyMessage? TryTake()
    {
        lock (_gate)
        {
            if (_messages.TryDequeue(out var message))
            {
                return message;
            }

            (message, _preview) = (_preview, null);
            return message;
        }
    }

    private bool Ended()
    {
        lock (_gate)
        {
            if (!_completed || _messages.Count > 0 || _preview is not null)
            {
                return false;
            }

            return _failure is null ? true : throw _failure;
        }
    }

    /// <summary>Under the lock only: the count is zero or one.</summary>
    private void Signal()
    {
        if (_changed.CurrentCount == 0)
        {
            _changed.Release();
        }
    }
}

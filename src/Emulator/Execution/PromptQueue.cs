using AkkaComfy.Emulator.Sockets;

namespace AkkaComfy.Emulator.Execution;

/// <summary>What waits, what runs and what has finished; each change is announced to every client in order.</summary>
internal sealed class PromptQueue(SocketHub hub, int maxHistory)
{
    private readonly Lock _gate = new();
    private readonly PromptHeap _pending = new();
    private readonly PromptHistory _history = new(maxHistory);
    private QueueItem? _running;
    private bool _freeMemory;
    private TaskCompletionSource _changed = new();

    public int Remaining
    {
        get
        {
            lock (_gate)
            {
                return _pending.Count + (_running is null ? 0 : 1);
            }
        }
    }

    /// <summary>Completes at the next change that concerns the worker; to be taken before looking for work.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
            {
                return _changed.Task;
            }
        }
    }

    /// <exception cref="IncomparableException">
    /// Queued, but neither announced nor noticed until the next change.
    /// </exception>
    public void Put(QueueItem item)
    {
        lock (_gate)
        {
            _pending.Push(item);
            hub.AnnounceQueue(Remaining);
        }

        Wake();
    }

    /// <summary>Moves the first pending prompt to running.</summary>
    public QueueItem? TryStart()
    {
        lock (_gate)
        {
            if (_pending.Count == 0)
            {
                return null;
            }

            _running = _pending.Pop();
            hub.AnnounceQueue(Remaining);
            return _running;
        }
    }

    /// <summary>Takes the running prompt off and into history, in one step; without an entry, off only.</summary>
    public void Finish(string id, ReadOnlyMemory<byte>? historyEntry)
    {
        lock (_gate)
        {
            _running = null;
            if (historyEntry is { } entry)
            {
                _history.Add(id, entry);
            }

            hub.AnnounceQueue(Remaining);
        }
    }

    /// <summary>Puts a prompt into history that finished before.</summary>
    public void Remember(string id, ReadOnlyMemory<byte> historyEntry)
    {
        lock (_gate)
        {
            _history.Add(id, historyEntry);
        }
    }

    public bool IsRunning(string id)
    {
        lock (_gate)
        {
            return _running?.Id == id;
        }
    }

    public (IReadOnlyList<ReadOnlyMemory<byte>> Running, IReadOnlyList<ReadOnlyMemory<byte>> Pending) Snapshot()
    {
        lock (_gate)
        {
            return (
                _running is null ? [] : [_running.Wire],
                [.. _pending.Items.Select(item => item.Wire)]);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _pending.Clear();
            hub.AnnounceQueue(Remaining);
        }
    }

    public void Delete(string id)
    {
        lock (_gate)
        {
            if (_pending.Remove(id))
            {
                hub.AnnounceQueue(Remaining);
            }
        }
    }

    public void ReadHistory(Action<PromptHistory> use)
    {
        lock (_gate)
        {
            use(_history);
        }
    }

    /// <summary>
    /// Lets a client in between two changes, so that its first count is right and it misses none after it.
    /// </summary>
    public void Admit(ClientSocket client)
    {
        lock (_gate)
        {
            hub.Attach(client, Remaining);
        }
    }

    /// <summary>Asks the worker to forget cached results once the running prompt, if any, is done.</summary>
    public void RequestFree()
    {
        lock (_gate)
        {
            _freeMemory = true;
        }

        Wake();
    }

    public bool TakeFreeRequest()
    {
        lock (_gate)
        {
            var requested = _freeMemory;
            _freeMemory = false;
            return requested;
        }
    }

    public void Wake()
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            (changed, _changed) = (_changed, new TaskCompletionSource());
        }

        changed.TrySetResult();
    }
}

namespace Akka.Streams.Implementation;

/// <summary>A ring that one stream fills and any number of streams read, each at a place of its own; it fills no faster
/// than the slowest reads.</summary>
internal sealed class Broadcast<T>(int capacity)
{
    private readonly Lock _lock = new();
    private readonly T[] _ring = new T[capacity];
    private readonly HashSet<Reader> _readers = [];
    private TaskCompletionSource _changed = NewSignal();
    private bool _awaited;
    private long _head;
    private long _tail;
    private bool _closed;
    private Exception? _failure;

    public Task<Done> Fill(Scope scope, IAsyncEnumerable<T> upstream, CancellationToken token) => upstream.Feed(
        async (element, left) =>
        {
            while (!TryAdd(element, out var changed)) await changed.WaitAsync(left);
            return true;
        },
        failure => Close(scope.Cause(failure)),
        token);

    /// <summary>Joins, at once, at the oldest element that some reader still has to read.</summary>
    public IAsyncEnumerable<T> Join()
    {
        lock (_lock)
        {
            // What is left when the stream has ended belongs to those that were there.
            var reader = new Reader { Next = _closed ? _tail : _head };
            _readers.Add(reader);
            return Read(reader);
        }
    }

    private async IAsyncEnumerable<T> Read(Reader reader, [EnumeratorCancellation] CancellationToken token = default)
    {
        try
        {
            while (true)
            {
                token.ThrowIfCancellationRequested();
                if (TryRead(reader, out var element, out var changed)) yield return element;
                else if (changed is null) yield break;
                else await changed.WaitAsync(token);
            }
        }
        finally
        {
            Leave(reader);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool TryAdd(T element, out Task changed)
    {
        lock (_lock)
        {
            changed = Task.CompletedTask;
            if (_tail - _head == capacity)
            {
                changed = Changed();
                return false;
            }
            _ring[_tail++ % capacity] = element;
            Signal();
            return true;
        }
    }

    private bool TryRead(Reader reader, out T element, out Task? changed)
    {
        lock (_lock)
        {
            (element, changed) = (default!, null);
            Stages.Rethrow(_failure);
            if (reader.Next == _tail)
            {
                if (!_closed) changed = Changed();
                return false;
            }
            element = _ring[reader.Next++ % capacity];
            Advance();
            return true;
        }
    }

    private void Leave(Reader reader)
    {
        lock (_lock)
        {
            _readers.Remove(reader);
            if (_readers.Count == 0) Forget(reader.Next);
            else Advance();
        }
    }

    private void Close(Exception? failure)
    {
        lock (_lock)
        {
            (_closed, _failure) = (true, failure);
            Signal();
        }
    }

    private void Advance()
    {
        var slowest = long.MaxValue;
        foreach (var reader in _readers) slowest = Math.Min(slowest, reader.Next);
        Forget(slowest);
    }

    private void Forget(long until)
    {
        if (until == _head) return;
        for (; _head < until; _head++) _ring[_head % capacity] = default!;
        Signal();
    }

    private Task Changed()
    {
        _awaited = true;
        return _changed.Task;
    }

    private void Signal()
    {
        if (!_awaited) return;
        _awaited = false;
        var changed = _changed;
        _changed = NewSignal();
        changed.SetResult();
    }

    private sealed class Reader
    {
        public long Next { get; set; }
    }
}

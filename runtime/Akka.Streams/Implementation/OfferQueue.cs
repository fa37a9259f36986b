using System.Runtime.ExceptionServices;
using Akka.Pattern;

namespace Akka.Streams.Implementation;

/// <summary>Where elements wait between whoever produces them and the stream that takes them: bounded, with one reader,
/// and a failure that overtakes what is buffered.</summary>
internal sealed class OfferQueue<T>(Scope scope, int capacity, OverflowStrategy overflow, int maxWaiting = int.MaxValue)
    : ISourceQueueWithComplete<T>
{
    private static readonly Task<IQueueOfferResult> Taken = Result(QueueOfferResult.Enqueued.Instance);
    private static readonly Task<IQueueOfferResult> Refused = Result(QueueOfferResult.Dropped.Instance);
    private static readonly Task<IQueueOfferResult> Over = Result(QueueOfferResult.QueueClosed.Instance);

    private readonly Lock _lock = new();
    private readonly LinkedList<T> _buffer = new();
    private readonly Queue<Offer> _waiting = new();
    private readonly CancellationTokenSource _left = new();
    private readonly TaskCompletionSource<Done> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<(bool Any, T Element)>? _reader;
    private Exception? _failure;
    private bool _ending;
    private bool _closed;

    /// <summary>Cancelled when the reader has left.</summary>
    public CancellationToken Left => _left.Token;

    private bool IsEmpty => _buffer.Count == 0 && _waiting.Count == 0;
    public Task WatchCompletionAsync() => _completion.Task;

    public Task<IQueueOfferResult> OfferAsync(T element)
    {
        lock (_lock)
        {
            if (_closed) return Task.FromException<IQueueOfferResult>(new StreamDetachedException());
            if (_ending) return Over;
            if (_reader is { } reader)
            {
                _reader = null;
                reader.SetResult((true, element));
                return Taken;
            }
            return _buffer.Count >= capacity ? Overflow(element) : Keep(element);
        }
    }

    public void Complete()
    {
        lock (_lock)
        {
            _ending = true;
            if (IsEmpty) Close(null);
        }
    }

    public void Fail(Exception ex)
    {
        lock (_lock) Close(scope.Cause(ex));
    }

    /// <summary>Reads to the end; a reader that stops before it closes the queue.</summary>
    public async IAsyncEnumerable<T> Drain([EnumeratorCancellation] CancellationToken token = default)
    {
        try
        {
            while (true)
            {
                token.ThrowIfCancellationRequested();
                var (any, element) = TryTake(out var taken, out var arrival) ? taken : await arrival.WaitAsync(token);
                if (!any) yield break;
                yield return element;
            }
        }
        finally
        {
            Leave();
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (!_closed)
            {
                _closed = true;
                scope.Leave(_completion);
                Release(QueueOfferResult.QueueClosed.Instance);
            }
        }
        _left.Cancel();
    }

    private bool TryTake(out (bool Any, T Element) taken, out Task<(bool Any, T Element)> arrival)
    {
        (taken, arrival) = (default, null!);
        lock (_lock)
        {
            if (_failure is not null) ExceptionDispatchInfo.Throw(_failure);
            if (_waiting.TryDequeue(out var offer))
            {
                _buffer.AddLast(offer.Element);
                offer.Promise.SetResult(QueueOfferResult.Enqueued.Instance);
            }
            if (_buffer.First is { } first)
            {
                _buffer.RemoveFirst();
                taken = (true, first.Value);
                if (_ending && IsEmpty) Close(null);
                return true;
            }
            if (_closed) return true;
            _reader = new(TaskCreationOptions.RunContinuationsAsynchronously);
            arrival = _reader.Task;
            return false;
        }
    }

    private static Task<IQueueOfferResult> Result(IQueueOfferResult result) => Task.FromResult(result);

    private Task<IQueueOfferResult> Keep(T element)
    {
        _buffer.AddLast(element);
        return Taken;
    }

    private Task<IQueueOfferResult> Overflow(T element)
    {
        switch (overflow)
        {
            case OverflowStrategy.Backpressure:
                return Wait(element);
            case OverflowStrategy.Fail:
                var overflown = new BufferOverflowException($"Buffer overflow (max capacity was: {capacity})!");
                Close(overflown);
                return Result(new QueueOfferResult.Failure(overflown));
            case OverflowStrategy.DropNew:
            case var _ when capacity == 0:
                return Refused;
            case OverflowStrategy.DropHead:
                _buffer.RemoveFirst();
                break;
            case OverflowStrategy.DropTail:
                _buffer.RemoveLast();
                break;
            case OverflowStrategy.DropBuffer:
                _buffer.Clear();
                break;
            default:
                throw new NotSupportedException($"Unknown overflow strategy {overflow}");
        }
        return Keep(element);
    }

    private Task<IQueueOfferResult> Wait(T element)
    {
        if (_waiting.Count >= maxWaiting)
        {
            return Task.FromException<IQueueOfferResult>(new IllegalStateException(
                "You have to wait for previous offer to be resolved to send another request"));
        }
        var offer = new Offer(element, new(TaskCreationOptions.RunContinuationsAsynchronously));
        _waiting.Enqueue(offer);
        return offer.Promise.Task;
    }

    private void Close(Exception? failure)
    {
        if (_closed) return;
        _closed = true;
        _failure = failure;
        if (failure is null)
        {
            _completion.SetResult(Done.Instance);
            _reader?.SetResult((false, default!));
            return;
        }

        _completion.SetException(failure);
        _buffer.Clear();
        Release(new QueueOfferResult.Failure(failure));
        _reader?.SetException(failure);
    }

    private void Release(IQueueOfferResult result)
    {
        while (_waiting.TryDequeue(out var offer)) offer.Promise.SetResult(result);
    }

    private sealed record Offer(T Element, TaskCompletionSource<IQueueOfferResult> Promise);
}

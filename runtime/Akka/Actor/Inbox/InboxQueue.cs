namespace Akka.Actor;

/// <summary>Messages nobody has taken yet and takers no message has come for; never one that fits the other.</summary>
internal sealed class InboxQueue(int capacity)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<object> _messages = [];
    private readonly LinkedList<Taker> _takers = [];

    /// <returns>False if the queue is full and the message was dropped.</returns>
    public bool Offer(object message)
    {
        lock (_gate)
        {
            for (var taker = _takers.First; taker is not null; taker = taker.Next)
            {
                if (!taker.Value.Predicate(message))
                    continue;
                _takers.Remove(taker);
                taker.Value.Result.TrySetResult(message);
                return true;
            }
            if (_messages.Count >= capacity)
                return false;
            _messages.AddLast(message);
            return true;
        }
    }

    /// <summary>Takes the first message that fits; null after the timeout.</summary>
    public Task<object?> Take(Predicate<object> predicate, TimeSpan timeout, IScheduler scheduler)
    {
        lock (_gate)
        {
            for (var message = _messages.First; message is not null; message = message.Next)
            {
                if (!predicate(message.Value))
                    continue;
                _messages.Remove(message);
                return Task.FromResult<object?>(message.Value);
            }
            if (timeout <= TimeSpan.Zero && timeout != Timeout.InfiniteTimeSpan)
                return Task.FromResult<object?>(null);
            var taker = new Taker(predicate, new(TaskCreationOptions.RunContinuationsAsynchronously));
            var node = _takers.AddLast(taker);
            return timeout == Timeout.InfiniteTimeSpan ? taker.Result.Task : Timed(node, timeout, scheduler);
        }
    }

    /// <summary>Ends every wait.</summary>
    public void Close()
    {
        lock (_gate)
        {
            foreach (var taker in _takers)
                taker.Result.TrySetResult(null);
            _takers.Clear();
        }
    }

    private async Task<object?> Timed(LinkedListNode<Taker> node, TimeSpan timeout, IScheduler scheduler)
    {
        var clock = scheduler.Advanced.ScheduleOnceCancelable(timeout, () => Expire(node));
        var message = await node.Value.Result.Task;
        clock.Cancel();
        return message;
    }

    private void Expire(LinkedListNode<Taker> node)
    {
        lock (_gate)
        {
            if (node.List is null)
                return;
            _takers.Remove(node);
            node.Value.Result.TrySetResult(null);
        }
    }

    private sealed record Taker(Predicate<object> Predicate, TaskCompletionSource<object?> Result);
}

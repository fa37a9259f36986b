namespace Akka.Streams.Implementation;

/// <content>Batching what arrives while the reader is busy.</content>
internal static partial class Stages
{
    public static async IAsyncEnumerable<TOut> Batch<TIn, TOut>(
        Scope scope, IAsyncEnumerable<TIn> upstream, long max, Func<TIn, long> cost, Func<TIn, TOut> seed,
        Func<TOut, TIn, TOut> aggregate, [EnumeratorCancellation] CancellationToken token = default)
    {
        var batch = new Batcher<TIn, TOut>(max, cost, seed, aggregate);
        using var left = CancellationTokenSource.CreateLinkedTokenSource(token);
        var hasLeft = left.Token;
        var filling = scope.Run(lifetime => upstream.Feed(batch.Add, batch.End, lifetime, hasLeft));
        try
        {
            while (await batch.Arrived(token)) yield return batch.Take();
        }
        finally
        {
            await left.CancelAsync();
        }
        await filling;
    }

    private sealed class Batcher<TIn, TOut>(
        long max, Func<TIn, long> cost, Func<TIn, TOut> seed, Func<TOut, TIn, TOut> aggregate)
    {
        private readonly Lock _lock = new();
        private readonly SemaphoreSlim _arrived = new(0);
        private readonly SemaphoreSlim _taken = new(0);
        private TOut _batch = default!;
        private long _room = -1;
        private bool _ended;
        private Exception? _failure;

        // A batch is open while its room is not negative.
        private bool IsOpen => _room >= 0;

        /// <summary>Waits until the batch has room for the element.</summary>
        public async ValueTask<bool> Add(TIn element, CancellationToken token)
        {
            while (!TryAdd(element)) await _taken.WaitAsync(token);
            return true;
        }

        private bool TryAdd(TIn element)
        {
            lock (_lock)
            {
                if (IsOpen)
                {
                    if (_room < cost(element)) return false;
                    _batch = aggregate(_batch, element);
                    _room -= cost(element);
                    return true;
                }

                _batch = seed(element);
                _room = Math.Max(0, max - cost(element));
            }
            _arrived.Release();
            return true;
        }

        public void End(Exception? failure)
        {
            lock (_lock) (_ended, _failure) = (true, failure);
            _arrived.Release();
        }

        public async ValueTask<bool> Arrived(CancellationToken token)
        {
            await _arrived.WaitAsync(token);
            lock (_lock)
            {
                Rethrow(_failure);
                return IsOpen || !_ended;
            }
        }

        public TOut Take()
        {
            lock (_lock)
            {
                var batch = _batch;
                (_batch, _room) = (default!, -1);
                if (_taken.CurrentCount == 0) _taken.Release();
                return batch;
            }
        }
    }
}

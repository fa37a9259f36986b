using System.Collections.Concurrent;

namespace AkkaComfy.Storage;

/// <summary>A few connections that read, opened when they are first needed; who finds none free waits.</summary>
internal sealed class ReaderPool(Func<JobReader> open, int size) : IAsyncDisposable
{
    private readonly ConcurrentBag<JobReader> _free = [];
    private readonly SemaphoreSlim _slots = new(size, size);
    private bool _closed;

    public async Task<T> ReadAsync<T>(Func<JobReader, T> read, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            var reader = _free.TryTake(out var idle) ? idle : open();
            try
            {
                var result = read(reader);
                _free.Add(reader);
                return result;
            }
            catch
            {
                // Whatever state it is in, the next one is fresh.
                reader.Dispose();
                throw;
            }
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Ends once all reading has; who waits for a slot is told that there is none any more.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < size; i++)
        {
            await _slots.WaitAsync();
        }

        _closed = true;
        while (_free.TryTake(out var reader))
        {
            reader.Dispose();
        }

        _slots.Release(size);
    }
}
